namespace ProSanteConnect.Core.Authenticators;

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
