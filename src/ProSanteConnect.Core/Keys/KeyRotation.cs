using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Journal;
using ProSanteConnect.Core.Security;

namespace ProSanteConnect.Core.Keys;

/// <summary>
/// Rotates the signing keys, on schedule or by command. Several nodes may call it concurrently: each decides on the revision that
/// it read, and only the first one to advance that revision saves its decision.
/// </summary>
public sealed class KeyRotation(PscDbFactory databases, MasterKey masterKey, KeyOptions options)
{
    /// <summary>The actor in the journal for scheduled rotations.</summary>
    public const string Job = "key-rotation";

    // After one lost race the other node's result is normally sufficient; ten allow for several operators rotating at once.
    private const int MaxAttempts = 10;

    /// <summary>
    /// Creates the first key, announces or activates a successor when due, and deletes keys that were removed more than
    /// <see cref="KeyOptions.RetirementTime"/> ago. Called at start and then every few minutes.
    /// </summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The existing keys were sealed under another master key.</exception>
    /// <exception cref="InvalidOperationException">Other nodes changed the keys during each of ten attempts.</exception>
    public async Task<RotationResult> EnsureAsync(DateTimeOffset now, CancellationToken ct = default)
    {
        var result = await ChangeAsync(now, Job, schedule => schedule.Ensure(), Describe, ct);
        await ForgetAsync(now, ct);
        return result;
    }

    /// <summary>Announces a successor before it is due; with <paramref name="immediately"/> it signs at once.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The existing keys were sealed under another master key.</exception>
    /// <exception cref="InvalidOperationException">Other nodes changed the keys during each of ten attempts.</exception>
    public Task<RotationResult> RotateNowAsync(bool immediately, string actor, DateTimeOffset now, CancellationToken ct = default)
    {
        string? replaced = null;
        return ChangeAsync(now, actor, Decide, Describe, ct);

        RotationResult Decide(KeySchedule schedule)
        {
            if (schedule.Active is not { } active) return schedule.Ensure();

            // Another node has already replaced the key that this call was to replace.
            replaced ??= active.Kid;
            if (active.Kid != replaced) return new RotationResult.Activated(active.Kid);

            return (immediately, schedule.Announced) switch
            {
                (true, _) => schedule.ActivateNext(),
                (false, { } announced) => new RotationResult.AlreadyAnnounced(announced.Kid, announced.ActiveFrom),
                (false, null) => schedule.Announce(now),
            };
        }
    }

    /// <summary>
    /// Removes a compromised key from use and from the key set (JWKS) at once; its signatures are refused from then on. If it was the
    /// active key, the announced key or a new one becomes active at once.
    /// </summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The existing keys were sealed under another master key.</exception>
    /// <exception cref="InvalidOperationException">Other nodes changed the keys during each of ten attempts.</exception>
    public Task<RetirementResult> RetireAsync(string kid, string actor, DateTimeOffset now, CancellationToken ct = default)
    {
        return ChangeAsync(now, actor, Decide, Describe, ct);

        RetirementResult Decide(KeySchedule schedule)
        {
            if (schedule.Find(kid) is not { } key) return new RetirementResult.UnknownKey();
            if (schedule.StateOf(key) == SigningKeyState.Removed) return new RetirementResult.AlreadyRemoved();

            schedule.Remove(key);
            schedule.Ensure();
            return new RetirementResult.Removed(schedule.Active!.Kid);
        }

        (JournalEvent, string) Describe(RetirementResult result) => (JournalEvent.SigningKeyRetired, $"removed {kid}");
    }

    private static (JournalEvent Event, string Detail) Describe(RotationResult result) => result switch
    {
        RotationResult.Announced announced => (JournalEvent.SigningKeyRotated, $"announced {announced.Kid}"),
        RotationResult.Activated activated => (JournalEvent.SigningKeyRotated, $"activated {activated.Kid}"),
        var other => throw new UnreachableException($"{other} changes no key."),
    };

    // A removed key stays in `psc keys list` for one retirement time. It is not published, so the revision does not change.
    private async Task ForgetAsync(DateTimeOffset now, CancellationToken ct)
    {
        var longAgo = now - options.RetirementTime;
        await using var db = databases.Create();
        await db.SigningKeys.Where(key => key.RemovedAt < longAgo).ExecuteDeleteAsync(ct);
    }

    private SigningKey Generate(SigningKey? previous, int sequence, DateTimeOffset now, DateTimeOffset activeFrom)
    {
        // Fails when this node's master key differs from that of the other nodes, before it adds a key that they cannot open.
        if (previous is not null) SigningKeyMaterial.Open(previous, masterKey);

        return SigningKeyMaterial.Generate(sequence, options.RsaKeySize, masterKey, now, activeFrom);
    }

    private async Task<TResult> ChangeAsync<TResult>(
        DateTimeOffset now,
        string actor,
        Func<KeySchedule, TResult> decide,
        Func<TResult, (JournalEvent Event, string Detail)> describe,
        CancellationToken ct)
    {
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            await using var db = databases.Create();
            var revision = await db.Revisions.NumberOfAsync(Revision.Keys, ct);
            var keys = await db.SigningKeys.OrderBy(key => key.Sequence).ToListAsync(ct);

            // Key generation is slow, so it runs before the transaction begins.
            var schedule = new KeySchedule(keys, options, now, (sequence, activeFrom) =>
            {
                var key = Generate(keys.LastOrDefault(), sequence, now, activeFrom);
                db.SigningKeys.Add(key);
                return key;
            });
            var result = decide(schedule);
            if (!db.ChangeTracker.HasChanges()) return result;

            var (@event, detail) = describe(result);
            db.Journal.Add(new JournalEntry { At = now, Event = @event, Outcome = JournalOutcome.Success, Detail = detail, Actor = actor });

            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            if (!await db.Revisions.TryAdvanceAsync(Revision.Keys, revision, ct)) continue;

            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            return result;
        }

        throw new InvalidOperationException($"Other nodes changed the signing keys during each of {MaxAttempts} attempts.");
    }
}

/// <summary>The result of a rotation, scheduled or requested.</summary>
public abstract record RotationResult
{
    private RotationResult()
    {
    }

    /// <summary>The active key needs no successor yet, or already has one.</summary>
    public sealed record Unchanged : RotationResult;

    /// <summary>A successor is published and signs from <paramref name="ActiveFrom"/> on.</summary>
    public sealed record Announced(string Kid, DateTimeOffset ActiveFrom) : RotationResult;

    /// <summary>A successor was already announced; nothing changed.</summary>
    public sealed record AlreadyAnnounced(string Kid, DateTimeOffset ActiveFrom) : RotationResult;

    /// <summary>This key is now the active one.</summary>
    public sealed record Activated(string Kid) : RotationResult;
}

/// <summary>The result of retiring a key by command.</summary>
public abstract record RetirementResult
{
    private RetirementResult()
    {
    }

    /// <summary>The key is no longer published; <paramref name="SigningKid"/> is the active key.</summary>
    public sealed record Removed(string SigningKid) : RetirementResult;

    public sealed record AlreadyRemoved : RetirementResult;

    public sealed record UnknownKey : RetirementResult;
}
