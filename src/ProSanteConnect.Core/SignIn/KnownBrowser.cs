namespace ProSanteConnect.Core.SignIn;

/// <summary>A browser with which a practitioner signed in before, recognised by a cookie of its own.</summary>
public sealed class KnownBrowser
{
    /// <summary>SHA-256 of the secret in the cookie; several practitioners may share a browser.</summary>
    public required byte[] TokenHash { get; init; }

    public required long PractitionerId { get; init; }
    public required DateTimeOffset FirstSeenAt { get; init; }
    public required DateTimeOffset LastSeenAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
}
