using System.ComponentModel.DataAnnotations;

namespace ProSanteConnect.Server.SignIn.Card;

/// <summary>Where cards are asked for (section <c>CardListener</c>): a TLS listener of its own (design §1, decision 10).</summary>
public sealed class CardListenerOptions : IValidatableObject
{
    /// <summary>The port of the listener, on all addresses; 8444 by default.</summary>
    [Range(1, 65535)]
    public int Port { get; set; } = 8444;

    /// <summary>The server's certificate, PEM or PKCS#12.</summary>
    public string? CertificateFile { get; set; }

    /// <summary>The private key, when the certificate is PEM.</summary>
    public string? KeyFile { get; set; }

    public string? CertificatePassword { get; set; }

    /// <summary>
    /// The SHA-256 fingerprint, in hexadecimal, of the certificate with which a reverse proxy authenticates itself to this
    /// listener. Only over such a connection is the header <c>Client-Cert</c> (RFC 9440) believed. Empty: no proxy.
    /// </summary>
    public string? ProxyCertificateSha256 { get; set; }

    /// <summary>Whether a proxy passes the card on in the header <c>Client-Cert</c>; off by default.</summary>
    public bool AcceptProxyHeader { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        // security-checklist T16: a certificate is public, so a header of anybody's proves nothing.
        if (AcceptProxyHeader && string.IsNullOrWhiteSpace(ProxyCertificateSha256))
        {
            yield return new ValidationResult(
                "CardListener:AcceptProxyHeader needs CardListener:ProxyCertificateSha256: without the proxy's pinned certificate anybody could present anybody's card.",
                [nameof(ProxyCertificateSha256)]);
        }

        if (ProxyCertificateSha256 is { Length: > 0 } fingerprint && (fingerprint.Length != 64 || !fingerprint.All(char.IsAsciiHexDigit)))
            yield return new ValidationResult("CardListener:ProxyCertificateSha256 must be 64 hexadecimal digits.", [nameof(ProxyCertificateSha256)]);
    }
}
