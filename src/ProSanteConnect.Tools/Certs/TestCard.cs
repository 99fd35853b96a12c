using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;
using ProSanteConnect.Core.Cards;

namespace ProSanteConnect.Tools.Certs;

/// <summary>A test card: its two certificates with their keys, as the chip of a real card holds them.</summary>
public sealed class TestCard
{
    /// <summary>The code porteur of test cards, and the password of their files (ecps-cpx-directory §5.1).</summary>
    public const string Pin = "1234";

    // A reference is written whole, where a date might be read half-written.
    private StrongBox<DateTimeOffset>? _revokedAt;

    internal TestCard(CardHolder holder, CardStory story, TestAuthority issuer, KeyedCertificate authentication, KeyedCertificate signature)
    {
        Holder = holder;
        Story = story;
        Issuer = issuer;
        AuthenticationChip = authentication;
        SignatureChip = signature;
    }

    public CardHolder Holder { get; }
    public CardStory Story { get; }

    /// <summary>The authority whose name stands in it.</summary>
    public TestAuthority Issuer { get; }

    public X509Certificate2 Authentication => AuthenticationChip.Certificate;
    public X509Certificate2 Signature => SignatureChip.Certificate;

    internal KeyedCertificate AuthenticationChip { get; }
    internal KeyedCertificate SignatureChip { get; }

    /// <summary>When it was revoked, if it was.</summary>
    public DateTimeOffset? RevokedAt => _revokedAt?.Value;

    /// <summary>The name of its files and of its address in the sandbox.</summary>
    public string Name => NameOf(Holder, Story);

    /// <summary>Declares it lost or stolen (opposition): from then on both its certificates are revoked, and stay so.</summary>
    public void Revoke(DateTimeOffset at) => Interlocked.CompareExchange(ref _revokedAt, new StrongBox<DateTimeOffset>(at), null);

    /// <summary>The certificate that a browser presents.</summary>
    public X509Certificate2 Presented => PresentedChip.Certificate;

    /// <summary>What arrives at the server when this card is presented.</summary>
    public UnverifiedCertificate Present() => new(Presented);

    /// <summary>The same with its key, for a client of TLS; the caller disposes it.</summary>
    public X509Certificate2 PresentedWithKey() => PresentedChip.Together();

    /// <summary>
    /// The presented certificate and its key for a browser's store; the password is <see cref="Pin"/>. Triple DES is what
    /// every store still reads, and a test key needs no better lock.
    /// </summary>
    public byte[] ToPkcs12()
    {
        using var presented = PresentedWithKey();
        return presented.ExportPkcs12(Pkcs12ExportPbeParameters.Pkcs12TripleDesSha1, Pin);
    }

    private KeyedCertificate PresentedChip => Story == CardStory.SignatureOnly ? SignatureChip : AuthenticationChip;

    public override string ToString() => Name;

    /// <summary>Whether this authority, and not a forger in its name, made it.</summary>
    internal bool IsOf(TestAuthority authority) => Issuer == authority && Story != CardStory.UnknownAuthority;

    internal static string NameOf(CardHolder holder, CardStory story)
    {
        var name = $"{holder.Kind}-{holder.NationalId.Replace('/', '-')}".ToLowerInvariant();
        return story == CardStory.Ordinary ? name : $"{name}-{story.Code()}";
    }
}

/// <summary>The person for whom a test card is made.</summary>
public sealed record CardHolder(CpxKind Kind, string NationalId, string FamilyName, string GivenName, string Title)
{
    /// <summary>TRE_G15, for example 10 for a doctor.</summary>
    public int? ProfessionCode { get; init; }

    /// <summary>The structure of a CPE or CPA: its département in words.</summary>
    public string? Department { get; init; }

    /// <summary>The type digit of TRE_G07 followed by the number of the structure.</summary>
    public string? OrganizationId { get; init; }

    public string? Organization { get; init; }
}

/// <summary>What is particular about a test card.</summary>
public enum CardStory
{
    Ordinary,
    Expired,
    Revoked,

    /// <summary>Its issuer bears the name of ours and has another key.</summary>
    UnknownAuthority,

    /// <summary>It presents the certificate that signs documents.</summary>
    SignatureOnly,

    /// <summary>It is meant for a server.</summary>
    WrongPurpose,

    /// <summary>The card is good; no directory knows its holder.</summary>
    NotInDirectory,
}

public static class CardStories
{
    /// <summary>The word in file names, and what the sandbox shows in its addresses.</summary>
    public static string Code(this CardStory story) => story switch
    {
        CardStory.Ordinary => "ordinary",
        CardStory.Expired => "expired",
        CardStory.Revoked => "revoked",
        CardStory.UnknownAuthority => "unknown-authority",
        CardStory.SignatureOnly => "signature-only",
        CardStory.WrongPurpose => "wrong-purpose",
        CardStory.NotInDirectory => "not-in-directory",
        _ => throw new UnreachableException($"Story {story}"),
    };
}

/// <summary>Makes test cards, the good ones and those with a story.</summary>
internal sealed class CardPress(TestAuthority fortPersons, TestAuthority standardPersons, TestKeys keys)
{
    private const long FirstCardNumber = 2_600_000_001;

    public TestCard Make(CardHolder holder, CardStory story, int index, DateTimeOffset now)
    {
        var issuer = holder.Kind is CpxKind.Cps or CpxKind.Cpf ? fortPersons : standardPersons;
        var signer = story == CardStory.UnknownAuthority
            ? issuer.Counterfeit(keys.ForCard(CertificateProfile.SubordinateAuthority).Value, now)
            : issuer;
        var values = ValuesOf(holder, index);

        var card = new TestCard(
            holder, story, issuer,
            authentication: Issue(signer, Told(CertificateProfile.CardAuthentication, story), values, now),
            signature: Issue(signer, Told(CertificateProfile.CardSignature, story), values, now));
        if (story == CardStory.Revoked) card.Revoke(now.AddDays(-1));
        return card;
    }

    private KeyedCertificate Issue(TestAuthority signer, CertificateProfile profile, ProfileValues values, DateTimeOffset now)
    {
        var key = keys.ForCard(profile);
        return new KeyedCertificate(signer.Issue(profile, values, new PublicKey(key.Value), now), key);
    }

    private static CertificateProfile Told(CertificateProfile profile, CardStory story) => story switch
    {
        CardStory.Expired => profile.With("valid", "-4 years, -1 month"),
        CardStory.WrongPurpose => profile.With("extendedKeyUsage", "1.3.6.1.5.5.7.3.1"),
        CardStory.Ordinary or CardStory.Revoked or CardStory.UnknownAuthority
            or CardStory.SignatureOnly or CardStory.NotInDirectory => profile,
        _ => throw new UnreachableException($"Story {story}"),
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
