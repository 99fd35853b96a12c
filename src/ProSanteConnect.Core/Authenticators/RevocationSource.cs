namespace ProSanteConnect.Core.Authenticators;

/// <summary>
/// Where to ask whether one authority has revoked a certificate. Only these addresses are ever used, never one that
/// stands in a certificate.
/// </summary>
public sealed class RevocationSource
{
    /// <summary>The common name of the authority, or the SHA-256 thumbprint of its certificate when two share the name.</summary>
    public string Issuer { get; set; } = "";

    /// <summary>The complete CRL of this authority: the path of a file, or an http(s) address.</summary>
    public string? Crl { get; set; }

    /// <summary>The http(s) address of its OCSP responder.</summary>
    public Uri? Ocsp { get; set; }
}
