namespace ProSanteConnect.Tools.Phone;

/// <summary>
/// What a broken or dishonest authenticator says in place of the truth, so that a test can see the server refuse it. Without a
/// deviation the authenticator is honest.
/// </summary>
internal sealed record Deviations
{
    /// <summary>Another site, as a phishing page would have it.</summary>
    public string? Origin { get; init; }

    /// <summary>Another challenge, in base64url, as a replay would have it.</summary>
    public string? Challenge { get; init; }

    /// <summary>Another ceremony than the one that was asked for.</summary>
    public string? Type { get; init; }

    /// <summary>Another relying party's key.</summary>
    public string? RpId { get; init; }

    /// <summary>Another count of signatures, as a copied key would have it.</summary>
    public uint? Counter { get; init; }

    /// <summary>Whether somebody touched the phone.</summary>
    public bool UserPresent { get; init; } = true;

    /// <summary>Whether the phone knew its owner, by fingerprint, face or code.</summary>
    public bool UserVerified { get; init; } = true;

    /// <summary>Whether the signature is wrong.</summary>
    public bool BreaksSignature { get; init; }
}
