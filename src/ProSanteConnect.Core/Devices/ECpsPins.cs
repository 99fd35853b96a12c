using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Journal;
using ProSanteConnect.Core.Security;

namespace ProSanteConnect.Core.Devices;

/// <summary>
/// Verifies PINs, on calls that the phone's key has signed. A try is taken before the PIN is hashed, each by one conditional
/// UPDATE: fifty calls at once are given no more tries than one after the other.
/// </summary>
public sealed class ECpsPins(PscDb db, PinHasher hasher, ECpsRegister register, ECpsOptions options)
{
    // Tries that are being hashed are over in a moment; if they are not, their node died over them and they count as wrong.
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(50);
    private const int MomentsToWait = 200;

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

    /// <summary>The number of the try, one more than there may be when none is left, or null for an inactive e-CPS.</summary>
    private async Task<int?> TakeTryAsync(Guid id, DateTimeOffset now, CancellationToken ct)
    {
        for (var moment = 0; moment < MomentsToWait;)
        {
            var begun = await db.ECps.UsableAt(now).Where(e => e.Id == id).Select(e => (int?)e.PinFailures).SingleOrDefaultAsync(ct);
            if (begun is null) return null;

            if (begun >= options.PinTries)
            {
                moment++;
                await Task.Delay(Moment, ct);
                continue;
            }

            var taken = await db.ECps.UsableAt(now).Where(e => e.Id == id && e.PinFailures == begun)
                .ExecuteUpdateAsync(set => set.SetProperty(e => e.PinFailures, begun + 1), ct);
            if (taken == 1) return begun + 1;

            moment = 0;
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

    // A right PIN beside this one may have cleared the count: then these were not so many wrong ones in a row.
    private Task<bool> IsExhaustedAsync(Guid id, CancellationToken ct) =>
        db.ECps.AnyAsync(e => e.Id == id && e.PinFailures >= options.PinTries, ct);

    private async Task<VerifyPinResult> BlockAsync(Guid id, ClientContext phone, DateTimeOffset now, CancellationToken ct) =>
        await register.DeactivateAsync(id, DeactivationReason.Blocked, phone, actor: null, now, ct) switch
        {
            DeactivateResult.Deactivated blocked => new VerifyPinResult.Inactive(blocked.Reason, blocked.Since),
            DeactivateResult.AlreadyInactive before => new VerifyPinResult.Inactive(before.Reason, before.Since),
            _ => throw new InvalidOperationException("The e-CPS whose PIN was tried is not there."),
        };

    private async Task<VerifyPinResult> InactiveAsync(Guid id, DateTimeOffset now, CancellationToken ct)
    {
        var (reason, since) = await db.InactivityAsync(id, now, ct);
        return new VerifyPinResult.Inactive(reason, since);
    }
}

/// <summary>What came of a PIN that was typed.</summary>
public abstract record VerifyPinResult
{
    private VerifyPinResult() { }

    public sealed record Right : VerifyPinResult;

    public sealed record Wrong(int AttemptsLeft) : VerifyPinResult;

    /// <summary>Inactive before, or from this wrong PIN on.</summary>
    public sealed record Inactive(DeactivationReason Reason, DateTimeOffset Since) : VerifyPinResult;
}
