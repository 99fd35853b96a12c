namespace ProSanteConnect.Core.Authenticators;

/// <summary>Whose a device token is.</summary>
public abstract record DeviceTokenResult
{
    private DeviceTokenResult() { }

    public sealed record Active(ECps ECps) : DeviceTokenResult;

    /// <summary>Recognised, only to say why it is good for nothing any more.</summary>
    public sealed record Inactive(ECps ECps, DeactivationReason Reason, DateTimeOffset Since) : DeviceTokenResult;

    public sealed record Unknown : DeviceTokenResult;
}
