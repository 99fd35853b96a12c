using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;
using static ProSanteConnect.Core.Devices.ApprovalStatus;

namespace ProSanteConnect.Core.Devices;

/// <summary>Where an approval request stands. Expiry is asked at an instant and never stored.</summary>
public enum ApprovalStatus
{
    Pending,
    Approved,
    Denied,
    WrongNumber,
    Cancelled,
    Replaced,
}

/// <summary>What may happen to an approval request.</summary>
public enum ApprovalTrigger
{
    Approve,
    Deny,
    MistakeNumber,
    Cancel,
    Replace,
    Withdraw,
}

/// <summary>The one table of the statuses of an <see cref="ApprovalRequest"/>; what is not in it is refused.</summary>
public abstract class ApprovalLifeCycle : LifeCycle<ApprovalLifeCycle, ApprovalStatus, ApprovalTrigger>, ILifeCycle<ApprovalStatus, ApprovalTrigger>
{
    public static ApprovalStatus? Next(ApprovalStatus from, ApprovalTrigger trigger) => (from, trigger) switch
    {
        (Pending, ApprovalTrigger.Approve) => Approved,             // number, PIN and key were right
        (Pending, ApprovalTrigger.Deny) => Denied,                  // "Refuser", or "ce n'est pas moi"
        (Pending, ApprovalTrigger.MistakeNumber) => WrongNumber,    // one wrong number ends it
        (Pending, ApprovalTrigger.Cancel) => Cancelled,             // with the e-CPS
        (Pending, ApprovalTrigger.Replace) => Replaced,             // the holder is asked anew: one request at a time
        (Pending or Replaced or Cancelled, ApprovalTrigger.Withdraw) => Cancelled, // by the page, which may not know that it has ended
        _ => null,
    };

    /// <summary>How a request stands at an instant: what ended after the time was over had expired before.</summary>
    public static ApprovalOutcome OutcomeAt(ApprovalStatus status, DateTimeOffset changedAt, DateTimeOffset expiresAt, DateTimeOffset now) => status switch
    {
        Pending => now < expiresAt ? ApprovalOutcome.Pending : ApprovalOutcome.Expired,
        Replaced or Cancelled when changedAt >= expiresAt => ApprovalOutcome.Expired,
        Approved => ApprovalOutcome.Approved,
        Denied => ApprovalOutcome.Denied,
        WrongNumber => ApprovalOutcome.WrongNumber,
        Cancelled => ApprovalOutcome.Cancelled,
        _ => ApprovalOutcome.Replaced,
    };
}

/// <summary>The conditional UPDATE that several services share.</summary>
internal static class ApprovalMoves
{
    /// <summary>Moves the requests that a trigger may move.</summary>
    /// <returns>How many were moved.</returns>
    public static Task<int> MoveAsync(this IQueryable<ApprovalRequest> which, ApprovalTrigger trigger, DateTimeOffset now, CancellationToken ct)
    {
        var allowedFrom = ApprovalLifeCycle.AllowedFrom(trigger);
        return which.Where(a => allowedFrom.Contains(a.Status)).ExecuteUpdateAsync(
            set => set.SetProperty(a => a.Status, ApprovalLifeCycle.Next(trigger)).SetProperty(a => a.ChangedAt, now), ct);
    }
}
