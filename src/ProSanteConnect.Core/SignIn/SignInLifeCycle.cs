using ProSanteConnect.Core.Data;
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
    Repudiate,
}

/// <summary>The one table of the statuses of a <see cref="SignInRequest"/>; what is not in it is refused.</summary>
public abstract class SignInLifeCycle : LifeCycle<SignInLifeCycle, SignInStatus, SignInTrigger>, ILifeCycle<SignInStatus, SignInTrigger>
{
    public static SignInStatus? Next(SignInStatus from, SignInTrigger trigger) => (from, trigger) switch
    {
        (Opened, SignInTrigger.Approve) => Approved,     // the card, or the phone, has proved who it is
        (Approved, SignInTrigger.Approve) => Approved,   // another card was presented before the first result was fetched
        (Approved, SignInTrigger.Redeem) => Redeemed,    // the browser that began has fetched the result, once
        (Opened or Approved, SignInTrigger.Cancel) => Cancelled, // on the sign-in page
        (Approved, SignInTrigger.Repudiate) => Cancelled, // "ce n'était pas moi"
        _ => null,
    };
}
