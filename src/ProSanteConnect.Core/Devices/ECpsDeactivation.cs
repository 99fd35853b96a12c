using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Delivery;
using ProSanteConnect.Core.Journal;
using ProSanteConnect.Core.Security;
using ProSanteConnect.Core.SingleSignOn;

namespace ProSanteConnect.Core.Devices;

/// <summary>
/// Deactivates e-CPS. One transaction ends everything that depends on the e-CPS. It locks the row of the e-CPS first, as does
/// every other transaction that uses an e-CPS, so that these run one after the other.
/// </summary>
public sealed class ECpsDeactivation(PscDb db, Sessions sessions, IHolderNotifier notifier)
{
    /// <summary>
    /// Deactivates an e-CPS for good, cancels its pending approval requests, and ends the sessions that it opened with their
    /// tokens.
    /// </summary>
    /// <param name="id">The e-CPS.</param>
    /// <param name="reason">The reason that the holder, and later callers, are given.</param>
    /// <param name="context">The browser or phone of the holder, when the holder acts.</param>
    /// <param name="actor">The operator or the job, when another acts.</param>
    /// <param name="now">The instant.</param>
    /// <param name="ct">Cancels the work.</param>
    public async Task<DeactivateResult> DeactivateAsync(
        Guid id, DeactivationReason reason, ClientContext? context, string? actor, DateTimeOffset now, CancellationToken ct)
    {
        var eCps = await db.ECps.ReadAsync(id, ct);
        if (eCps is null) return new DeactivateResult.Unknown();

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (!await DeactivateWithinAsync(eCps, reason, context, actor, now, ct))
        {
            var (former, since) = await db.InactivityAsync(id, now, ct);
            return new DeactivateResult.AlreadyInactive(former, since);
        }

        var holder = await db.Practitioners.AsNoTracking().SingleAsync(p => p.Id == eCps.PractitionerId, ct);
        notifier.Deactivated(db, eCps, reason, now, holder);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return new DeactivateResult.Deactivated(reason, now);
    }

    /// <summary>
    /// How long the e-CPS of a holder whom the directory no longer lists is only suspended: it is refused at once, but can be used again
    /// when the holder is listed again, so that a wrong file can be corrected.
    /// </summary>
    public static readonly TimeSpan SuspensionOfDelisted = TimeSpan.FromHours(24);

    /// <summary>
    /// Deactivates the e-CPS of holders whom the directory has not listed for <see cref="SuspensionOfDelisted"/>. Such an e-CPS is
    /// refused already before this has run.
    /// </summary>
    /// <returns>How many were found.</returns>
    public async Task<int> DeactivateDelistedAsync(string actor, DateTimeOffset now, CancellationToken ct)
    {
        var active = ECpsLifeCycle.AllowedFrom(ECpsTrigger.Deactivate);
        var since = now - SuspensionOfDelisted;
        var delisted = await (
            from eCps in db.ECps
            join practitioner in db.Practitioners on eCps.PractitionerId equals practitioner.Id
            where active.Contains(eCps.Status) && practitioner.DelistedAt <= since
            select eCps.Id).ToListAsync(ct);
        foreach (var id in delisted) await DeactivateAsync(id, DeactivationReason.Delisted, context: null, actor, now, ct);
        return delisted.Count;
    }

    /// <summary>Deactivates in the caller's transaction, without a message to the holder; false when it was inactive before.</summary>
    internal async Task<bool> DeactivateWithinAsync(
        ECps eCps, DeactivationReason reason, ClientContext? context, string? actor, DateTimeOffset now, CancellationToken ct)
    {
        var active = ECpsLifeCycle.AllowedFrom(ECpsTrigger.Deactivate);
        var deactivated = await db.ECps.Where(e => e.Id == eCps.Id && active.Contains(e.Status)).ExecuteUpdateAsync(
            set => set
                .SetProperty(e => e.Status, ECpsLifeCycle.Next(ECpsTrigger.Deactivate))
                .SetProperty(e => e.DeactivationReason, reason)
                .SetProperty(e => e.DeactivatedAt, now)
                .SetProperty(e => e.PushEndpoint, (byte[]?)null)
                .SetProperty(e => e.PushKey, (byte[]?)null)
                .SetProperty(e => e.PushAuth, (byte[]?)null),
            ct);
        if (deactivated != 1) return false;

        await db.ApprovalRequests.Where(a => a.ECpsId == eCps.Id).MoveAsync(ApprovalTrigger.Cancel, now, ct);
        await sessions.EndOfECpsAsync(eCps.Id, context, now, ct);
        db.Journal.Record(
            JournalEvent.ECpsDeactivated, JournalOutcome.Success, now, context, reason.ToString(), eCps.PractitionerId, actor: actor);
        return true;
    }
}

/// <summary>The result of <see cref="ECpsDeactivation.DeactivateAsync"/>.</summary>
public abstract record DeactivateResult
{
    private DeactivateResult() { }

    public sealed record Deactivated(DeactivationReason Reason, DateTimeOffset Since) : DeactivateResult;

    /// <summary>It was inactive before; the first reason stays.</summary>
    public sealed record AlreadyInactive(DeactivationReason Reason, DateTimeOffset Since) : DeactivateResult;

    public sealed record Unknown : DeactivateResult;
}
