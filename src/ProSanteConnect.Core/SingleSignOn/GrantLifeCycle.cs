using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;
using static ProSanteConnect.Core.SingleSignOn.GrantStatus;

namespace ProSanteConnect.Core.SingleSignOn;

/// <summary>The status of a grant. Expiry is computed for an instant and never stored.</summary>
public enum GrantStatus
{
    /// <summary>The authorization code was not redeemed yet.</summary>
    CodeIssued,

    /// <summary>The code was redeemed; the tokens are valid.</summary>
    Active,

    Ended,
}

/// <summary>The events that may move a grant.</summary>
public enum GrantTrigger
{
    Redeem,
    Refresh,
    End,
}

/// <summary>The table of the statuses of a <see cref="Grant"/>. A move that is not in it is refused.</summary>
public abstract class GrantLifeCycle : LifeCycle<GrantLifeCycle, GrantStatus, GrantTrigger>, ILifeCycle<GrantStatus, GrantTrigger>
{
    public static GrantStatus? Next(GrantStatus from, GrantTrigger trigger) => (from, trigger) switch
    {
        (CodeIssued, GrantTrigger.Redeem) => Active,        // the relying party presented the code
        (Active, GrantTrigger.Refresh) => Active,           // the refresh token was rotated
        (CodeIssued or Active, GrantTrigger.End) => Ended,  // revocation, replay, end of the e-CPS, removal of the relying party
        _ => null,
    };
}

/// <summary>The conditional UPDATEs that several services share.</summary>
internal static class GrantMoves
{
    public static IQueryable<Grant> Movable(this IQueryable<Grant> all, GrantTrigger trigger)
    {
        var allowedFrom = GrantLifeCycle.AllowedFrom(trigger);
        return all.Where(g => allowedFrom.Contains(g.Status));
    }

    /// <summary>Ends the grants that have not ended yet.</summary>
    /// <returns>How many were ended.</returns>
    public static Task<int> EndAsync(this IQueryable<Grant> which, CancellationToken ct) => which.Movable(GrantTrigger.End)
        .ExecuteUpdateAsync(set => set.SetProperty(g => g.Status, GrantLifeCycle.Next(GrantTrigger.End)), ct);
}
