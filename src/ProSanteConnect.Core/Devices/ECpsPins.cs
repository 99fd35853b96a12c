using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Journal;
using ProSanteConnect.Core.Security;

namespace ProSanteConnect.Core.Devices;

/// <summary>
/// Verifies PINs, on calls that the phone's key has signed. One conditional UPDATE takes a try before the PIN is hashed, so
/// that fifty parallel calls get no more tries than fifty calls in a row.
/// </summary>
public sealed class ECpsPins(PscDb db, PinHasher hasher, ECpsDeactivation deactivation, ECpsOptions options, TimeProvider clock)
{
    // Parallel tries end as soon as their PIN is hashed. Those that do not (their node crashed mid-hash) count as wrong.
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);
    private const int MaxPolls = 200;

    public async Task<VerifyPinResult> VerifyAsync(ECps eCps, string pin, ClientContext phone, DateTimeOffset now, CancellationToken ct)
    {
        var attempt = await TakeTryAsync(eCps.Id, now, ct);
        if (attempt is null) return await InactiveAsync(eCps.Id, now, ct);
        if (attempt > options.PinTries) return await BlockAsync(eCps.Id, phone, now, ct);
        if (!await hasher.MatchesAsync(eCps.Id, pin, eCps.PinHash, ct)) return await CountWrongAsync(eCps, attempt.Value, phone, now, ct);

        var cleared = await db.ECps.UsableAt(now).Where(e => e.Id == eCps.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(e => e.PinFailures, 0), ct);
        return cleared == 1 ? new VerifyPinResult.Right() : await InactiveAsync(eCps.Id, now, ct);
    }

    /// <summary>The number of the try; <see cref="ECpsOptions.PinTries"/> plus one when none is left, null for an inactive e-CPS.</summary>
    private async Task<int?> TakeTryAsync(Guid id, DateTimeOffset now, CancellationToken ct)
    {
        for (var poll = 0; poll < MaxPolls;)
        {
            var begun = await db.ECps.UsableAt(now).Where(e => e.Id == id).Select(e => (int?)e.PinFailures).SingleOrDefaultAsync(ct);
            if (begun is null) return null;

            if (begun >= options.PinTries)
            {
                poll++;
                await Task.Delay(PollInterval, clock, ct);
                continue;
            }

            var taken = await db.ECps.UsableAt(now).Where(e => e.Id == id && e.PinFailures == begun)
                .ExecuteUpdateAsync(set => set.SetProperty(e => e.PinFailures, begun + 1), ct);
            if (taken == 1) return begun + 1;

            poll = 0;
        }

        return options.PinTries + 1;
    }

    private async Task<VerifyPinResult> CountWrongAsync(ECps eCps, int attempt, ClientContext phone, DateTimeOffset now, CancellationToken ct)
    {
        if (attempt == options.PinTries && await IsExhaustedAsync(eCps.Id, ct)) return await BlockAsync(eCps.Id, phone, now, ct);

        db.Journal.Record(JournalEvent.PinRefused, JournalOutcome.Refused, now, phone, practitionerId: eCps.PractitionerId);
        await db.SaveChangesAsync(ct);
        return new VerifyPinResult.Wrong(Math.Max(options.PinTries - attempt, 1));
    }

    // A parallel call with the right PIN may have reset the count: then these tries were not consecutive.
    private Task<bool> IsExhaustedAsync(Guid id, CancellationToken ct) =>
        db.ECps.AnyAsync(e => e.Id == id && e.PinFailures >= options.PinTries, ct);

    private async Task<VerifyPinResult> BlockAsync(Guid id, ClientContext phone, DateTimeOffset now, CancellationToken ct) =>
        await deactivation.DeactivateAsync(id, DeactivationReason.Blocked, phone, actor: null, now, ct) switch
        {
            DeactivateResult.Deactivated blocked => new VerifyPinResult.Inactive(blocked.Reason, blocked.Since),
            DeactivateResult.AlreadyInactive before => new VerifyPinResult.Inactive(before.Reason, before.Since),
            _ => throw new InvalidOperationException($"The e-CPS {id} whose PIN was verified does not exist."),
        };

    private async Task<VerifyPinResult> InactiveAsync(Guid id, DateTimeOffset now, CancellationToken ct)
    {
        var (reason, since) = await db.InactivityAsync(id, now, ct);
        return new VerifyPinResult.Inactive(reason, since);
    }
}

/// <summary>The result of <see cref="ECpsPins.VerifyAsync"/>.</summary>
public abstract record VerifyPinResult
{
    private VerifyPinResult() { }

    public sealed record Right : VerifyPinResult;

    public sealed record Wrong(int AttemptsLeft) : VerifyPinResult;

    /// <summary>The e-CPS was inactive before, or this wrong PIN has deactivated it.</summary>
    public sealed record Inactive(DeactivationReason Reason, DateTimeOffset Since) : VerifyPinResult;
}
