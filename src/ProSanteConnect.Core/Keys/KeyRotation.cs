using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Journal;
using ProSanteConnect.Core.Security;

namespace ProSanteConnect.Core.Keys;

/// <summary>
/// Replaces the signing keys, by the calendar or by command. Any number of nodes may try at once: each decides on the
/// revision it has read, and only the first to move that revision has its decision saved. Throws
/// <see cref="System.Security.Cryptography.CryptographicException"/> when the master key is not the one of the keys there are.
/// </summary>
public sealed class KeyRotation(PscDbFactory databases, MasterKey masterKey, KeyOptions options)
{
    /// <summary>The actor of the journal when no operator asked.</summary>
    public const string Job = "key-rotation";

    // One loss is enough to find the other's work done; more would mean that several operators rotate at once.
    private const int MaxAttempts = 10;

    /// <summary>
    /// Makes the first key, announces a successor when it is due, forgets what was removed long ago. To be called at start
    /// and then every few minutes.
    /// </summary>
    public async Task<RotationResult> EnsureAsync(DateTimeOffset now, CancellationToken ct = default)
    {
        var result = await ChangeAsync(now, Job, schedule => schedule.Ensure(), Describe, ct);
        await ForgetAsync(now, ct);
        return result;
    }

    /// <summary>Announces a successor ahead of the calendar; <paramref name="immediately"/> lets it sign at once.</summary>
    public Task<RotationResult> RotateNowAsync(bool immediately, string actor, DateTimeOffset now, CancellationToken ct = default)
    {
        string? replaced = null;
        return ChangeAsync(now, actor, Decide, Describe, ct);

        RotationResult Decide(KeySchedule schedule)
        {
            if (schedule.Active is not { } active) return schedule.Ensure();

            // Another node has replaced, meanwhile, the very key that this call was to replace.
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
    /// Takes a key out of use and out of the key set at once, because it may be known to others: whatever it signed is
    /// refused from then on. When it was the one that signs, the announced one or a new one signs at once.
    /// </summary>
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

    // A removed key stays in the list of keys for as long as it was retired; it is published to nobody, so no revision moves.
    private async Task ForgetAsync(DateTimeOffset now, CancellationToken ct)
    {
        var longAgo = now - options.RetirementTime;
        await using var db = databases.Create();
        await db.SigningKeys.Where(key => key.RemovedAt < longAgo).ExecuteDeleteAsync(ct);
    }

    private SigningKey Generate(SigningKey? previous, int sequence, DateTimeOffset now, DateTimeOffset activeFrom)
    {
        // Whoever has another master key than the other nodes must not add a key that they could not open.
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

            // The key pair is made before the transaction opens: it takes long, and nobody is to wait for it.
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

        throw new InvalidOperationException($"The signing keys were changed by others {MaxAttempts} times in a row.");
    }
}

/// <summary>What became of the keys when they were due, or asked, to rotate.</summary>
public abstract record RotationResult
{
    private RotationResult()
    {
    }

    /// <summary>A key signs and needs no successor yet, or has one.</summary>
    public sealed record Unchanged : RotationResult;

    /// <summary>A successor is published and will sign from the given instant on.</summary>
    public sealed record Announced(string Kid, DateTimeOffset ActiveFrom) : RotationResult;

    /// <summary>The rotation that was asked for is already on its way.</summary>
    public sealed record AlreadyAnnounced(string Kid, DateTimeOffset ActiveFrom) : RotationResult;

    /// <summary>This key signs from now on.</summary>
    public sealed record Activated(string Kid) : RotationResult;
}

/// <summary>What became of a key that an operator distrusts.</summary>
public abstract record RetirementResult
{
    private RetirementResult()
    {
    }

    /// <summary>It is no longer published; the given key signs.</summary>
    public sealed record Removed(string SigningKid) : RetirementResult;

    public sealed record AlreadyRemoved : RetirementResult;

    public sealed record UnknownKey : RetirementResult;
}
