using ProSanteConnect.Core.SignIn;

namespace ProSanteConnect.Core.Authenticators;

/// <summary>What came of asking for a new device token.</summary>
public abstract record RotateDeviceTokenResult
{
    private RotateDeviceTokenResult() { }

    public sealed record Rotated(SecretToken Token, DateTimeOffset ExpiresAt) : RotateDeviceTokenResult;

    public sealed record Inactive(DeactivationReason Reason, DateTimeOffset Since) : RotateDeviceTokenResult;

    public sealed record Unknown : RotateDeviceTokenResult;
}
