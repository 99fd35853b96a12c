using ProSanteConnect.Core.Security;

namespace ProSanteConnect.Core.Devices;

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

/// <summary>What came of renewing an e-CPS.</summary>
public abstract record RenewResult
{
    private RenewResult() { }

    public sealed record Renewed(ECps ECps) : RenewResult;

    public sealed record TooEarly(DateTimeOffset RenewableFrom) : RenewResult;

    public sealed record Inactive(DeactivationReason Reason, DateTimeOffset Since) : RenewResult;
}

/// <summary>What came of deactivating an e-CPS.</summary>
public abstract record DeactivateResult
{
    private DeactivateResult() { }

    public sealed record Deactivated(DeactivationReason Reason, DateTimeOffset Since) : DeactivateResult;

    /// <summary>It was so before; the first reason stands.</summary>
    public sealed record AlreadyInactive(DeactivationReason Reason, DateTimeOffset Since) : DeactivateResult;

    public sealed record Unknown : DeactivateResult;
}

/// <summary>Whose a device token is.</summary>
public abstract record DeviceTokenResult
{
    private DeviceTokenResult() { }

    public sealed record Active(ECps ECps) : DeviceTokenResult;

    /// <summary>Recognised, only to say why it is good for nothing any more.</summary>
    public sealed record Inactive(ECps ECps, DeactivationReason Reason, DateTimeOffset Since) : DeviceTokenResult;

    public sealed record Unknown : DeviceTokenResult;
}

/// <summary>What came of asking for a new device token.</summary>
public abstract record RotateDeviceTokenResult
{
    private RotateDeviceTokenResult() { }

    public sealed record Rotated(SecretToken Token, DateTimeOffset ExpiresAt) : RotateDeviceTokenResult;

    public sealed record Inactive(DeactivationReason Reason, DateTimeOffset Since) : RotateDeviceTokenResult;

    public sealed record Unknown : RotateDeviceTokenResult;
}

/// <summary>A phone whose new key was verified (the answer of a WebAuthn registration that holds).</summary>
public sealed record EnrolledDevice
{
    public required byte[] CredentialId { get; init; }
    public required byte[] PublicKey { get; init; }
    public long SignCount { get; init; }
    public bool IsBackupEligible { get; init; }
    public required byte[] UserHandle { get; init; }
    public byte[]? AttestationObject { get; init; }
    public string AttestationFormat { get; init; } = "none";
    public string DeviceName { get; init; } = "";
    public string OperatingSystem { get; init; } = "";
    public string AppVersion { get; init; } = "";
    public string ConditionsVersion { get; init; } = "";
}
