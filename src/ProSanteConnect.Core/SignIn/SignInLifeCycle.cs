using ProSanteConnect.Core.Data;
using static ProSanteConnect.Core.SignIn.SignInStatus;

namespace ProSanteConnect.Core.SignIn;

/// <summary>The status of a sign-in request. Expiry is computed for an instant and never stored.</summary>
public enum SignInStatus
{
    Opened,
    Approved,
    Redeemed,
    Cancelled,
}

/// <summary>The events that may move a sign-in request.</summary>
public enum SignInTrigger
{
    Approve,
    Redeem,
    Cancel,
    Repudiate,
}

/// <summary>The table of the statuses of a <see cref="SignInRequest"/>. A move that is not in it is refused.</summary>
public abstract class SignInLifeCycle : LifeCycle<SignInLifeCycle, SignInStatus, SignInTrigger>, ILifeCycle<SignInStatus, SignInTrigger>
{
    public static SignInStatus? Next(SignInStatus from, SignInTrigger trigger) => (from, trigger) switch
    {
        (Opened, SignInTrigger.Approve) => Approved,     // a card or a phone has proved the identity
        (Approved, SignInTrigger.Approve) => Approved,   // another card was presented before the result was redeemed
        (Approved, SignInTrigger.Redeem) => Redeemed,    // the browser that opened the request has fetched the result
        (Opened or Approved, SignInTrigger.Cancel) => Cancelled, // on the sign-in page
        (Approved, SignInTrigger.Repudiate) => Cancelled, // "ce n'était pas moi"
        _ => null,
    };
}
