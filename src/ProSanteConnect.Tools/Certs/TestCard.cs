using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;
using ProSanteConnect.Core.Cards;

namespace ProSanteConnect.Tools.Certs;

/// <summary>A test card: its two certificates with their keys, like the chip of a real card.</summary>
public sealed class TestCard
{
    /// <summary>The PIN (code porteur) of test cards, and the password of their files (ecps-cpx-directory §5.1).</summary>
    public const string Pin = "1234";

    // A reference is read and written atomically; a DateTimeOffset is not.
    private StrongBox<DateTimeOffset>? _revokedAt;

    internal TestCard(CardHolder holder, TestCardVariant variant, TestAuthority issuer, KeyedCertificate authentication, KeyedCertificate signature)
    {
        Holder = holder;
        Variant = variant;
        Issuer = issuer;
        AuthenticationChip = authentication;
        SignatureChip = signature;
    }

    public CardHolder Holder { get; }
    public TestCardVariant Variant { get; }

    /// <summary>The authority that its issuer field names.</summary>
    public TestAuthority Issuer { get; }

    public X509Certificate2 Authentication => AuthenticationChip.Certificate;
    public X509Certificate2 Signature => SignatureChip.Certificate;

    internal KeyedCertificate AuthenticationChip { get; }
    internal KeyedCertificate SignatureChip { get; }

    /// <summary>When it was revoked; null when it is not.</summary>
    public DateTimeOffset? RevokedAt => _revokedAt?.Value;

    /// <summary>The base name of its files and of its address in the sandbox.</summary>
    public string Name => NameOf(Holder, Variant);

    /// <summary>Revokes both certificates for good (opposition: the card was lost or stolen). The first call decides the instant.</summary>
    public void Revoke(DateTimeOffset at) => Interlocked.CompareExchange(ref _revokedAt, new StrongBox<DateTimeOffset>(at), null);

    /// <summary>The certificate that a browser presents.</summary>
    public X509Certificate2 Presented => PresentedChip.Certificate;

    /// <summary>The certificate as the server receives it.</summary>
    public UnverifiedCertificate Present() => new(Presented);

    /// <summary>The presented certificate with its private key, for a TLS client; the caller disposes it.</summary>
    public X509Certificate2 PresentedWithKey() => PresentedChip.Together();

    /// <summary>
    /// The presented certificate and its key as PKCS#12 for a browser's store; the password is <see cref="Pin"/>. Uses Triple DES, which
    /// every store can read and which suffices for a test key.
    /// </summary>
    public byte[] ToPkcs12()
    {
        using var presented = PresentedWithKey();
        return presented.ExportPkcs12(Pkcs12ExportPbeParameters.Pkcs12TripleDesSha1, Pin);
    }

    private KeyedCertificate PresentedChip => Variant == TestCardVariant.SignatureOnly ? SignatureChip : AuthenticationChip;

    public override string ToString() => Name;

    /// <summary>Whether this authority issued the card; false for a counterfeit one with the same issuer name.</summary>
    internal bool IsOf(TestAuthority authority) => Issuer == authority && Variant != TestCardVariant.UnknownAuthority;

    public static string NameOf(CardHolder holder, TestCardVariant variant)
    {
        var name = $"{holder.Kind}-{holder.NationalId.Replace('/', '-')}".ToLowerInvariant();
        return variant == TestCardVariant.Ordinary ? name : $"{name}-{variant.Code()}";
    }
}

/// <summary>The holder of a test card.</summary>
public sealed record CardHolder(CpxKind Kind, string NationalId, string FamilyName, string GivenName, string Title)
{
    /// <summary>TRE_G15, for example 10 for a doctor.</summary>
    public int? ProfessionCode { get; init; }

    /// <summary>The department of the structure of a CPE or CPA, as text.</summary>
    public string? Department { get; init; }

    /// <summary>The type digit of TRE_G07 followed by the number of the structure.</summary>
    public string? OrganizationId { get; init; }

    public string? Organization { get; init; }
}

/// <summary>The variant of a test card.</summary>
public enum TestCardVariant
{
    Ordinary,
    Expired,
    Revoked,

    /// <summary>The issuer has the name of a trusted authority and another key.</summary>
    UnknownAuthority,

    /// <summary>The card presents the signature certificate.</summary>
    SignatureOnly,

    /// <summary>The certificate is a server certificate.</summary>
    WrongPurpose,

    /// <summary>The card is valid; its holder is not in the directory.</summary>
    NotInDirectory,
}

public static class TestCardVariants
{
    /// <summary>The code in file names and in the sandbox's addresses.</summary>
    public static string Code(this TestCardVariant variant) => variant switch
    {
        TestCardVariant.Ordinary => "ordinary",
        TestCardVariant.Expired => "expired",
        TestCardVariant.Revoked => "revoked",
        TestCardVariant.UnknownAuthority => "unknown-authority",
        TestCardVariant.SignatureOnly => "signature-only",
        TestCardVariant.WrongPurpose => "wrong-purpose",
        TestCardVariant.NotInDirectory => "not-in-directory",
        _ => throw new UnreachableException($"Variant {variant}"),
    };
}

/// <summary>Makes test cards of every variant.</summary>
internal sealed class TestCardFactory(TestAuthority fortPersons, TestAuthority standardPersons, TestKeys keys)
{
    private const long FirstCardNumber = 2_600_000_001;

    public TestCard Make(CardHolder holder, TestCardVariant variant, int index, DateTimeOffset now)
    {
        var issuer = holder.Kind is CpxKind.Cps or CpxKind.Cpf ? fortPersons : standardPersons;
        var signer = variant == TestCardVariant.UnknownAuthority
            ? issuer.Counterfeit(keys.ForCard(CertificateProfile.SubordinateAuthority).Value, now)
            : issuer;
        var values = ValuesOf(holder, index);

        var card = new TestCard(
            holder, variant, issuer,
            authentication: Issue(signer, ProfileOf(CertificateProfile.CardAuthentication, variant), values, now),
            signature: Issue(signer, ProfileOf(CertificateProfile.CardSignature, variant), values, now));
        if (variant == TestCardVariant.Revoked) card.Revoke(now.AddDays(-1));
        return card;
    }

    private KeyedCertificate Issue(TestAuthority signer, CertificateProfile profile, ProfileValues values, DateTimeOffset now)
    {
        var key = keys.ForCard(profile);
        return new KeyedCertificate(signer.Issue(profile, values, new PublicKey(key.Value), now), key);
    }

    private static CertificateProfile ProfileOf(CertificateProfile profile, TestCardVariant variant) => variant switch
    {
        TestCardVariant.Expired => profile.With("valid", "-4 years, -1 month"),
        TestCardVariant.WrongPurpose => profile.With("extendedKeyUsage", "1.3.6.1.5.5.7.3.1"),
        TestCardVariant.Ordinary or TestCardVariant.Revoked or TestCardVariant.UnknownAuthority
            or TestCardVariant.SignatureOnly or TestCardVariant.NotInDirectory => profile,
        _ => throw new UnreachableException($"Variant {variant}"),
    };

    internal static ProfileValues ValuesOf(CardHolder holder, int index) => new(
        ("national-id", holder.NationalId),
        ("family-name", holder.FamilyName),
        ("given-name", holder.GivenName),
        ("title", holder.Title),
        ("kind", ((int)holder.Kind).ToString(CultureInfo.InvariantCulture)),
        ("card-number", (FirstCardNumber + index).ToString(CultureInfo.InvariantCulture)),
        ("profession", holder.ProfessionCode?.ToString(CultureInfo.InvariantCulture)),
        ("department", holder.Department),
        ("organization-id", holder.OrganizationId),
        ("organization", holder.Organization));
}
