using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;
using static ProSanteConnect.Core.Devices.ApprovalStatus;

namespace ProSanteConnect.Core.Devices;

/// <summary>The status of an approval request. Expiry is computed for an instant and never stored.</summary>
public enum ApprovalStatus
{
    Pending,
    Approved,
    Denied,
    WrongNumber,
    Cancelled,
    Replaced,
}

/// <summary>The events that may move an approval request.</summary>
public enum ApprovalTrigger
{
    Approve,
    Deny,
    MistakeNumber,
    Cancel,
    Replace,
    Withdraw,
}

/// <summary>The table of the statuses of an <see cref="ApprovalRequest"/>. A move that is not in it is refused.</summary>
public abstract class ApprovalLifeCycle : LifeCycle<ApprovalLifeCycle, ApprovalStatus, ApprovalTrigger>, ILifeCycle<ApprovalStatus, ApprovalTrigger>
{
    public static ApprovalStatus? Next(ApprovalStatus from, ApprovalTrigger trigger) => (from, trigger) switch
    {
        (Pending, ApprovalTrigger.Approve) => Approved,             // number, PIN and key were right
        (Pending, ApprovalTrigger.Deny) => Denied,                  // "Refuser", or "ce n'est pas moi"
        (Pending, ApprovalTrigger.MistakeNumber) => WrongNumber,    // one wrong number ends it
        (Pending, ApprovalTrigger.Cancel) => Cancelled,             // the e-CPS was deactivated
        (Pending, ApprovalTrigger.Replace) => Replaced,             // a newer request: a holder has one at a time
        (Pending or Replaced or Cancelled, ApprovalTrigger.Withdraw) => Cancelled, // by the page, which still shows an ended request as pending
        _ => null,
    };

    /// <summary>The outcome at an instant. A request that was replaced or cancelled after its expiry counts as expired.</summary>
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
