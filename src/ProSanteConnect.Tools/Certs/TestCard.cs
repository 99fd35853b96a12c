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
