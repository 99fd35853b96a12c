using static ProSanteConnect.Core.SignIn.SignInStatus;

namespace ProSanteConnect.Core.SignIn;

/// <summary>Where a sign-in request stands. Expiry is asked at an instant and never stored.</summary>
public enum SignInStatus
{
    Opened,
    Approved,
    Redeemed,
    Cancelled,
}

/// <summary>What may happen to a sign-in request.</summary>
public enum SignInTrigger
{
    Approve,
    Redeem,
    Cancel,
}

/// <summary>The one table of the statuses of a <see cref="SignInRequest"/>; what is not in it is refused.</summary>
public static class SignInLifeCycle
{
    public static SignInStatus? Next(SignInStatus from, SignInTrigger trigger) => (from, trigger) switch
    {
        (Opened, SignInTrigger.Approve) => Approved,     // the card, or the phone, has proved who it is
        (Approved, SignInTrigger.Approve) => Approved,   // another card was presented before the first result was fetched
        (Approved, SignInTrigger.Redeem) => Redeemed,    // the browser that began has fetched the result, once
        (Opened, SignInTrigger.Cancel) => Cancelled,
        (Approved, SignInTrigger.Cancel) => Cancelled,
        _ => null,
    };

    /// <summary>The statuses that a trigger may leave: the condition of the one UPDATE that moves a request.</summary>
    public static IReadOnlyList<SignInStatus> AllowedFrom(SignInTrigger trigger) =>
        [.. Enum.GetValues<SignInStatus>().Where(status => Next(status, trigger) is not null)];
}
