using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Ocsp;
using ProSanteConnect.Tools.Certs;

namespace ProSanteConnect.Testing.Cards;

/// <summary>The key that signs an OCSP response.</summary>
public sealed record OcspPen(AsymmetricKeyParameter Key, byte[] Certificate, string Algorithm);

/// <summary>An OCSP responder with the deviations of a test.</summary>
public sealed class OcspStandIn
{
    private static readonly TimeSpan Term = TimeSpan.FromMinutes(10);

    /// <summary>The delegate of this authority signs.</summary>
    public TestAuthority Signer { get; init; } = TestCards.Pki.FortPersons;

    public DateTimeOffset ThisUpdate { get; init; } = TestCards.Now;

    public DateTimeOffset? NextUpdate { get; init; } = TestCards.Now + Term;

    /// <summary>Null is "good".</summary>
    public CertificateStatus? Status { get; init; }

    /// <summary>Changes the nonce of the response.</summary>
    public Func<byte[]?, byte[]?> Nonce { get; init; } = nonce => nonce;

    /// <summary>Which certificate the answer is about.</summary>
    public Func<CertificateID, CertificateID> About { get; init; } = asked => asked;

    /// <summary>Another key, certificate and algorithm than the delegate's.</summary>
    public OcspPen? SignedBy { get; init; }

    public static OcspStandIn Revoking(DateTimeOffset since) => new() { Status = new RevokedStatus(since.UtcDateTime) };

    public byte[] Answer(byte[] request)
    {
        var asked = new OcspReq(request);
        var answer = new OcspAnswer { ThisUpdate = ThisUpdate, NextUpdate = NextUpdate, Nonce = Nonce(TestOcspResponder.NonceOf(asked)) };
        foreach (var single in asked.GetRequestList()) answer.About(About(single.GetCertID()), Status);

        var signer = TestCards.Pki.Delegates.Single(d => d.Authority == Signer);
        var (key, certificate, algorithm) = SignedBy ?? new OcspPen(signer.SigningKey, signer.Certificate.RawData, "SHA256WITHECDSA");
        return answer.Sign(key, certificate, algorithm);
    }

    public Task<LoopbackServer> StartAsync() => LoopbackServer.StartAsync(Answer);
}
