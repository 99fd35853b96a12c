namespace ProSanteConnect.Core.SignIn;

/// <summary>Where a sign-in request stands. Expiry is asked at an instant and never stored.</summary>
public enum SignInStatus
{
    Opened,
    Approved,
    Redeemed,
    Cancelled,
}
