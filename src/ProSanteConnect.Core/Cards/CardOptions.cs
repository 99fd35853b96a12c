using System.ComponentModel.DataAnnotations;

namespace ProSanteConnect.Core.Cards;

/// <summary>Which cards are accepted, and how their revocation is checked (section <c>Card</c>).</summary>
public sealed class CardOptions : IValidatableObject
{
    public const string Section = "Card";

    /// <summary>
    /// The certificate files of the authorities that issue cards, roots and intermediates: PEM (several certificates in one file
    /// are allowed), DER or PKCS#7. The system's certificate store is not used. Required.
    /// </summary>
    [MinLength(1, ErrorMessage = "Card:TrustedAuthorities names no file, so no card could be accepted.")]
    public IList<string> TrustedAuthorities { get; } = [];

    /// <summary>Whether test cards are accepted. False by default; only a sandbox should set it.</summary>
    public bool AllowTestCards { get; set; }

    /// <summary>The certificate policies of authentication certificates; a card must carry at least one of them. Required.</summary>
    [MinLength(1, ErrorMessage = "Card:PolicyOids is empty: name the policies of the cards' authentication certificates.")]
    public IList<string> PolicyOids { get; } = [];

    /// <summary>The addresses for revocation checks, one entry for each authority that issues cards. Empty by default.</summary>
    public IList<RevocationSource> RevocationSources { get; } = [];

    /// <summary>What happens when neither OCSP nor a CRL gives an answer. <c>RequireFresh</c> by default.</summary>
    public RevocationPolicy RevocationPolicy { get; set; } = RevocationPolicy.RequireFresh;

    /// <summary>The interval between two downloads of a CRL. From 5 minutes to 1 day; 1 hour by default.</summary>
    [Range(typeof(TimeSpan), "00:05:00", "1.00:00:00")]
    public TimeSpan CrlRefreshInterval { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// How long a CRL stays usable after its last successful download, up to its nextUpdate. From 1 hour to 7 days; 24 hours by
    /// default; longer than <see cref="CrlRefreshInterval"/> (security-checklist T25).
    /// </summary>
    [Range(typeof(TimeSpan), "01:00:00", "7.00:00:00")]
    public TimeSpan CrlMaxAge { get; set; } = TimeSpan.FromHours(24);

    /// <summary>The time limit for an OCSP request. From 100 milliseconds to 3 seconds; 2 seconds by default.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:03")]
    public TimeSpan OcspTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long an OCSP response is cached, up to its nextUpdate. From 0 (no cache) to 1 hour; 5 minutes by default.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan OcspCacheLifetime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Whether an OCSP response must repeat the nonce of the request, which protects against replay. True by default; false for a
    /// responder that signs its responses in advance.
    /// </summary>
    public bool OcspNonceRequired { get; set; } = true;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (CrlMaxAge <= CrlRefreshInterval)
            yield return Fault($"Card:CrlMaxAge ({CrlMaxAge}) must be longer than Card:CrlRefreshInterval ({CrlRefreshInterval}).");

        foreach (var source in RevocationSources)
        {
            if (source.Issuer.Length == 0)
                yield return Fault("An entry of Card:RevocationSources has no Issuer.");
            if (string.IsNullOrEmpty(source.Crl) && source.Ocsp is null)
                yield return Fault($"Card:RevocationSources for '{source.Issuer}' has neither Crl nor Ocsp.");
            if (source.Ocsp is { } ocsp && !IsHttp(ocsp.OriginalString))
                yield return Fault($"Card:RevocationSources for '{source.Issuer}': '{ocsp}' is no http or https address.");
            if (source.Crl is { } crl && crl.Contains("://", StringComparison.Ordinal) && !IsHttp(crl))
                yield return Fault($"Card:RevocationSources for '{source.Issuer}': '{crl}' is neither a file nor an http or https address.");
        }
    }

    internal static bool IsHttp(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps);

    private static ValidationResult Fault(string sentence) => new(sentence, [nameof(RevocationSources)]);
}

/// <summary>What happens to a card when neither OCSP nor a fresh CRL gives an answer.</summary>
public enum RevocationPolicy
{
    /// <summary>The card is refused until a source answers again (security-checklist T25).</summary>
    RequireFresh,

    /// <summary>
    /// The card is accepted unchecked, so a revoked card is accepted too: an attacker who blocks the connection to the authority
    /// can sign in with a stolen card. For emergencies only, at the operator's risk.
    /// </summary>
    DangerouslyAcceptUnchecked,
}

/// <summary>
/// The addresses for revocation checks of one authority. No other address is used; those inside a certificate are ignored.
/// </summary>
public sealed class RevocationSource
{
    /// <summary>The common name of the authority, or the SHA-256 thumbprint of its certificate when two authorities share a name.</summary>
    public string Issuer { get; set; } = "";

    /// <summary>The complete CRL of this authority: a file path, or an http(s) address.</summary>
    public string? Crl { get; set; }

    /// <summary>The http(s) address of its OCSP responder.</summary>
    public Uri? Ocsp { get; set; }
}
