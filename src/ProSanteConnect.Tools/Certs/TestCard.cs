using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;
using ProSanteConnect.Core.Authenticators;

namespace ProSanteConnect.Tools.Certs;

/// <summary>A test card: its two certificates with their keys, as the chip of a real card holds them.</summary>
public sealed class TestCard
{
    /// <summary>The code porteur of test cards, and the password of their files (ecps-cpx-directory §5.1).</summary>
    public const string Pin = "1234";

    // A reference is written whole, where a date might be read half-written.
    private StrongBox<DateTimeOffset>? _revokedAt;

    internal TestCard(CardHolder holder, CardStory story, TestAuthority issuer, X509Certificate2 authentication, X509Certificate2 signature)
    {
        Holder = holder;
        Story = story;
        Issuer = issuer;
        Authentication = authentication;
        Signature = signature;
    }

    public CardHolder Holder { get; }
    public CardStory Story { get; }

    /// <summary>The authority whose name stands in it.</summary>
    public TestAuthority Issuer { get; }

    public X509Certificate2 Authentication { get; }
    public X509Certificate2 Signature { get; }

    /// <summary>When it was revoked, if it was.</summary>
    public DateTimeOffset? RevokedAt => _revokedAt?.Value;

    /// <summary>The name of its files and of its address in the sandbox.</summary>
    public string Name => NameOf(Holder, Story);

    /// <summary>Declares it lost or stolen (opposition): from then on both its certificates are revoked, and stay so.</summary>
    public void Revoke(DateTimeOffset at) => Interlocked.CompareExchange(ref _revokedAt, new StrongBox<DateTimeOffset>(at), null);

    /// <summary>The certificate with its key that a browser would present.</summary>
    public X509Certificate2 Presented => Story == CardStory.SignatureOnly ? Signature : Authentication;

    /// <summary>What arrives at the server when this card is presented.</summary>
    public UnverifiedCertificate Present() => new(X509CertificateLoader.LoadCertificate(Presented.RawData));

    /// <summary>
    /// The presented certificate and its key for a browser's store; the password is <see cref="Pin"/>. Triple DES is what
    /// every store still reads, and a test key needs no better lock.
    /// </summary>
    public byte[] ToPkcs12() => Presented.ExportPkcs12(Pkcs12ExportPbeParameters.Pkcs12TripleDesSha1, Pin);

    public override string ToString() => Name;

    internal static string NameOf(CardHolder holder, CardStory story)
    {
        var name = $"{holder.Kind}-{holder.NationalId.Replace('/', '-')}".ToLowerInvariant();
        return story == CardStory.Ordinary ? name : $"{name}-{story.Code()}";
    }
}
