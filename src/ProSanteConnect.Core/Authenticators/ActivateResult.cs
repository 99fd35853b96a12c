using ProSanteConnect.Core.SignIn;

namespace ProSanteConnect.Core.Authenticators;

/// <summary>What came of completing an activation.</summary>
public abstract record ActivateResult
{
    private ActivateResult() { }

    public sealed record Activated(ECps ECps, SecretToken DeviceToken) : ActivateResult;

    /// <summary>Nothing is consumed: another PIN may be chosen.</summary>
    public sealed record PinTooSimple : ActivateResult;

    /// <summary>Nothing is consumed: another PIN may be chosen.</summary>
    public sealed record PinMalformed : ActivateResult;

    /// <summary>The activation was completed before, cancelled, or took too long; or the directory no longer lists its holder.</summary>
    public sealed record Over : ActivateResult;
}
