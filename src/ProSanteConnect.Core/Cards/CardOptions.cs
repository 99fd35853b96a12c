using System.ComponentModel.DataAnnotations;

namespace ProSanteConnect.Core.Cards;

/// <summary>Which cards are accepted, and how it is known that they were not revoked (section <c>Card</c>).</summary>
public sealed class CardOptions : IValidatableObject
{
    public const string Section = "Card";

    /// <summary>
    /// The files of the authorities that issue cards, roots and intermediates: PEM (any number in one file), DER or PKCS#7.
    /// The system's own store is never asked.
    /// </summary>
    [MinLength(1, ErrorMessage = "Card:TrustedAuthorities names no file: nobody's card could be accepted.")]
    public IList<string> TrustedAuthorities { get; } = [];

    /// <summary>Whether cards made for tests are accepted. False by default; only a sandbox should change it.</summary>
    public bool AllowTestCards { get; set; }

    /// <summary>The certificate policies of authentication certificates, one of which a card must name.</summary>
    [MinLength(1, ErrorMessage = "Card:PolicyOids is empty: name the policies of the cards' authentication certificates.")]
    public IList<string> PolicyOids { get; } = [];

    /// <summary>Where to ask about revocation, one entry for each authority that issues cards.</summary>
    public IList<RevocationSource> RevocationSources { get; } = [];

    /// <summary>What happens when nobody can say whether a card was revoked. <c>RequireFresh</c> by default.</summary>
    public RevocationPolicy RevocationPolicy { get; set; } = RevocationPolicy.RequireFresh;

    /// <summary>How often the CRLs are fetched. From 5 minutes to 1 day; 1 hour by default.</summary>
    [Range(typeof(TimeSpan), "00:05:00", "1.00:00:00")]
    public TimeSpan CrlRefreshInterval { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// How long a CRL that could not be fetched again may still be used, within its own term. From 1 hour to 7 days;
    /// 24 hours by default (security-checklist T25).
    /// </summary>
    [Range(typeof(TimeSpan), "01:00:00", "7.00:00:00")]
    public TimeSpan CrlMaxAge { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How long an OCSP responder may take. From 100 milliseconds to 3 seconds; 2 seconds by default.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:03")]
    public TimeSpan OcspTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long an OCSP answer is remembered, within its own term. Up to 1 hour; 5 minutes by default.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan OcspCacheLifetime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Whether an OCSP answer must repeat our nonce. True by default: an answer without it may be an old one, played again.
    /// False for a responder that signs its answers in advance.
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

/// <summary>What happens to a card when neither OCSP nor a fresh CRL can say whether it was revoked.</summary>
public enum RevocationPolicy
{
    /// <summary>It is refused until somebody can (security-checklist T25).</summary>
    RequireFresh,

    /// <summary>
    /// It is accepted, and so is a stolen card that was revoked: whoever can cut the line to the authority then decides
    /// who signs in. For an emergency that the operator takes upon himself.
    /// </summary>
    DangerouslyAcceptUnchecked,
}

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
