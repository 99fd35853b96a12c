using ProSanteConnect.Core.SignIn;

namespace ProSanteConnect.Core.Enrolment;

/// <summary>What a paired phone is told at the token endpoint: the answers of RFC 8628, section 3.5, and the wrong code.</summary>
public abstract record ExchangeCodeResult
{
    private ExchangeCodeResult() { }

    /// <summary>The code was right; the token is told once.</summary>
    public sealed record Confirmed(SecretToken EnrolmentToken, DateTimeOffset ExpiresAt) : ExchangeCodeResult;

    /// <summary>authorization_pending: the code was not typed on the computer yet.</summary>
    public sealed record Pending : ExchangeCodeResult;

    /// <summary>slow_down: the phone asks too often, and waits this long from now on.</summary>
    public sealed record SlowDown(int Seconds) : ExchangeCodeResult;

    /// <summary>invalid_grant, with the tries that are left.</summary>
    public sealed record Wrong(int AttemptsLeft) : ExchangeCodeResult;

    /// <summary>access_denied: cancelled, or no try left; a code by SMS may be replaced by another.</summary>
    public sealed record Denied : ExchangeCodeResult;

    /// <summary>expired_token.</summary>
    public sealed record Expired : ExchangeCodeResult;

    /// <summary>invalid_grant: no pairing token, or one whose enrolment token was told before.</summary>
    public sealed record Unknown : ExchangeCodeResult;
}
