using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Journal;
using ProSanteConnect.Core.SingleSignOn;

namespace ProSanteConnect.Core.RelyingParties;

/// <summary>
/// Registers, changes and removes relying parties. Each change advances the revision "clients" and is recorded in the journal, in
/// one transaction. <c>actor</c> is the operator, or the component that acts for one.
/// </summary>
public sealed class Clients(PscDbFactory databases)
{
    public async Task<IReadOnlyList<Client>> ListAsync(CancellationToken ct = default)
    {
        await using var db = databases.Create();
        return await db.Clients.AsNoTracking().OrderBy(client => client.ClientId).ToListAsync(ct);
    }

    public async Task<Client?> FindAsync(string clientId, CancellationToken ct = default)
    {
        await using var db = databases.Create();
        return await db.Clients.AsNoTracking().SingleOrDefaultAsync(client => client.ClientId == clientId, ct);
    }

    /// <summary>Registers a client and makes a secret for a confidential one.</summary>
    public async Task<ClientChange> AddAsync(
        ClientRegistration registration, string actor, DateTimeOffset now, CancellationToken ct = default)
    {
        if (ClientRules.Check(registration) is { Count: > 0 } failures) return new ClientChange.Invalid(failures);

        return await ChangeAsync<ClientChange>(async db =>
        {
            if (await db.Clients.FindAsync([registration.ClientId], ct) is not null) return new ClientChange.AlreadyExists();

            var client = registration.ToClient(now);
            var secret = client.IsPublic ? null : ClientSecret.Generate();
            if (secret is not null) client.SecretHashes = [secret.Hash];
            db.Add(client);
            db.Add(Entry(client.ClientId, "added", actor, now));
            return new ClientChange.Added(secret);
        }, ct);
    }

    /// <summary>Changes the current registration. A client that becomes public loses its secrets.</summary>
    public Task<ClientChange> UpdateAsync(
        string clientId, Func<ClientRegistration, ClientRegistration> change, string actor, DateTimeOffset now, CancellationToken ct = default) =>
        ChangeAsync<ClientChange>(async db =>
        {
            if (await db.Clients.FindAsync([clientId], ct) is not { } client) return new ClientChange.Unknown();

            var registration = change(ClientRegistration.Of(client)) with { ClientId = clientId };
            if (ClientRules.Check(registration) is { Count: > 0 } failures) return new ClientChange.Invalid(failures);

            registration.CopyTo(client);
            return Touch(db, client, actor, now) ? new ClientChange.Updated() : new ClientChange.Unchanged();
        }, ct);

    public Task<SecretChange> RotateSecretAsync(
        string clientId, SecretRotation rotation, string actor, DateTimeOffset now, CancellationToken ct = default) =>
        ChangeAsync<SecretChange>(async db =>
        {
            if (await db.Clients.FindAsync([clientId], ct) is not { } client) return new SecretChange.Unknown();
            if (client.IsPublic) return new SecretChange.PublicClient();

            var secret = ClientSecret.Generate();
            var (hashes, result) = Rotate(client.SecretHashes, rotation, secret);
            client.SecretHashes = hashes;
            Touch(db, client, actor, now);
            return result;
        }, ct);

    /// <summary>Removes a client and ends its grants, so that a later client with the same identifier finds no active token.</summary>
    public Task<ClientChange> RemoveAsync(string clientId, string actor, DateTimeOffset now, CancellationToken ct = default) =>
        ChangeAsync<ClientChange>(async db =>
        {
            if (await db.Clients.FindAsync([clientId], ct) is not { } client) return new ClientChange.Unknown();

            await RemoveAsync(db, client, actor, now, ct);
            return new ClientChange.Removed();
        }, ct);

    internal static async Task RemoveAsync(PscDb db, Client client, string actor, DateTimeOffset now, CancellationToken ct)
    {
        await db.Grants.Where(grant => grant.ClientId == client.ClientId).EndAsync(ct);
        db.Remove(client);
        db.Add(Entry(client.ClientId, "removed", actor, now));
    }

    /// <summary>Sets the change date of a modified client and records the changed properties in the journal; false when none changed.</summary>
    internal static bool Touch(PscDb db, Client client, string actor, DateTimeOffset now)
    {
        var changed = db.Entry(client).Properties.Where(property => property.IsModified).Select(property => property.Metadata.Name).ToList();
        if (changed.Count == 0) return false;

        client.UpdatedAt = now;
        db.Add(Entry(client.ClientId, $"updated {string.Join(' ', changed)}", actor, now));
        return true;
    }

    internal static JournalEntry Entry(string clientId, string detail, string actor, DateTimeOffset now) => new()
    {
        At = now,
        Event = JournalEvent.ClientChanged,
        Outcome = JournalOutcome.Success,
        Detail = detail,
        ClientId = clientId,
        Actor = actor,
    };

    /// <summary>Runs a change while no other process can change clients, and saves it if there is anything to save.</summary>
    internal async Task<TResult> ChangeAsync<TResult>(Func<PscDb, Task<TResult>> change, CancellationToken ct)
    {
        await using var db = databases.Create();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Revisions.AdvanceAsync(Revision.Clients, ct);
        var result = await change(db);
        if (!db.ChangeTracker.HasChanges()) return result;

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return result;
    }

    // The newest hash is the last one.
    private static (IReadOnlyList<string> Hashes, SecretChange Result) Rotate(
        IReadOnlyList<string> hashes, SecretRotation rotation, ClientSecret secret) => (rotation, hashes) switch
        {
            (SecretRotation.Replace, _) => ([secret.Hash], new SecretChange.Made(secret, OldStillInForce: false)),
            (SecretRotation.DropOld, [.., _, var newest]) => ([newest], new SecretChange.OldDropped()),
            (SecretRotation.DropOld, _) => (hashes, new SecretChange.NothingToDrop()),
            (_, [_, _, ..]) => (hashes, new SecretChange.StillOverlapping()),
            _ => ([.. hashes, secret.Hash], new SecretChange.Made(secret, OldStillInForce: hashes.Count > 0)),
        };
}

/// <summary>The result of changing a client.</summary>
public abstract record ClientChange
{
    private ClientChange()
    {
    }

    /// <summary>The client is registered. The secret is available only here; a public client has none.</summary>
    public sealed record Added(ClientSecret? Secret) : ClientChange;

    public sealed record Updated : ClientChange;

    public sealed record Unchanged : ClientChange;

    /// <summary>The client, its grants and their tokens are removed.</summary>
    public sealed record Removed : ClientChange;

    public sealed record AlreadyExists : ClientChange;

    public sealed record Unknown : ClientChange;

    public sealed record Invalid(IReadOnlyList<ClientFailure> Failures) : ClientChange;
}

/// <summary>Why a client cannot be registered, for the operator.</summary>
/// <param name="Property">The property at fault, as spelled in <c>clients.json</c>.</param>
/// <param name="Sentence">The fault, in French, with the value found.</param>
public sealed record ClientFailure(string Property, string Sentence)
{
    public override string ToString() => $"{Property} : {Sentence}";
}
