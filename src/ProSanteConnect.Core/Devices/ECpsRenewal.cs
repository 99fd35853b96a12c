using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Delivery;
using ProSanteConnect.Core.Journal;
using ProSanteConnect.Core.Security;

namespace ProSanteConnect.Core.Devices;

/// <summary>Renews e-CPS near the end of their validity.</summary>
public sealed class ECpsRenewal(PscDb db, ECpsOptions options, IHolderNotifier notifier)
{
    public bool IsRenewableAt(ECps eCps, DateTimeOffset now) => eCps.IsActiveAt(now) && now >= eCps.ExpiresAt - options.RenewalWindow;

    /// <summary>Starts another validity now. The caller has verified the phone's signature and the PIN.</summary>
    public async Task<RenewResult> RenewAsync(ECps eCps, ClientContext phone, DateTimeOffset now, CancellationToken ct)
    {
        if (!IsRenewableAt(eCps, now) && eCps.IsActiveAt(now)) return new RenewResult.TooEarly(eCps.ExpiresAt - options.RenewalWindow);

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var end = now.AddYears(options.ValidityYears);
        var tokenEnd = options.DeviceTokenEnd(now, end);
        var threshold = now + options.RenewalWindow;
        var renewed = await db.ECps.MovableAt(ECpsTrigger.Renew, now)
            .Where(e => e.Id == eCps.Id && e.ExpiresAt <= threshold)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(e => e.ExpiresAt, end)
                    .SetProperty(e => e.DeviceTokenExpiresAt, tokenEnd)
                    .SetProperty(e => e.LastReminder, 0),
                ct);
        if (renewed != 1) return await NotRenewedAsync(eCps.Id, now, ct);

        var present = (await db.ECps.ReadAsync(eCps.Id, ct))!;
        var holder = await db.Practitioners.AsNoTracking().SingleAsync(p => p.Id == eCps.PractitionerId, ct);
        db.Journal.Record(JournalEvent.ECpsRenewed, JournalOutcome.Success, now, phone, practitionerId: eCps.PractitionerId);
        notifier.Renewed(db, present, now, holder);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return new RenewResult.Renewed(present);
    }

    // Of two parallel calls the second finds the e-CPS that the first has renewed, which is what it asked for.
    private async Task<RenewResult> NotRenewedAsync(Guid id, DateTimeOffset now, CancellationToken ct)
    {
        var present = (await db.ECps.ReadAsync(id, ct))!;
        if (present.IsActiveAt(now)) return new RenewResult.Renewed(present);

        var (reason, since) = await db.InactivityAsync(id, now, ct);
        return new RenewResult.Inactive(reason, since);
    }
}

/// <summary>The result of <see cref="ECpsRenewal.RenewAsync"/>.</summary>
public abstract record RenewResult
{
    private RenewResult() { }

    public sealed record Renewed(ECps ECps) : RenewResult;

    public sealed record TooEarly(DateTimeOffset RenewableFrom) : RenewResult;

    public sealed record Inactive(DeactivationReason Reason, DateTimeOffset Since) : RenewResult;
}
