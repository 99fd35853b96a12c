namespace ProSanteConnect.Core.SignIn;

/// <summary>What came of fetching the result of a sign-in.</summary>
public abstract record RedeemSignInResult
{
    private RedeemSignInResult() { }

    public sealed record Opened(SignInRequest Request, Session Session, SecretToken Cookie) : RedeemSignInResult;

    /// <summary>The second click, or the back button: the session stands already.</summary>
    public sealed record AlreadyRedeemed(SignInRequest Request) : RedeemSignInResult;

    /// <summary>Another browser, a wrong handover, or a request that is over.</summary>
    public sealed record Unknown : RedeemSignInResult;
}
