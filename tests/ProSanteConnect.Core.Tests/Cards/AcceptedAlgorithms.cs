using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ProSanteConnect.Core.Cards.Checks;
using ProSanteConnect.Testing.Cards;

namespace ProSanteConnect.Core.Tests.Cards;

/// <summary>The allow-lists of signature algorithms and keys, entry by entry.</summary>
public sealed class AcceptedAlgorithms
{
    public static TheoryData<string, string> Signatures => [.. from key in new[] { "RSA", "ECDSA" } from hash in new[] { "SHA256", "SHA384", "SHA512" } select (key, hash)];

    [Theory]
    [MemberData(nameof(Signatures))]
    public void A_signature_over_SHA_2_is_strong(string key, string hash)
    {
        var name = new X500DistinguishedName("CN=TEST");
        using AsymmetricAlgorithm pair = key == "RSA" ? RSA.Create(2048) : ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = pair is RSA rsa
            ? new CertificateRequest(name, rsa, new HashAlgorithmName(hash), RSASignaturePadding.Pkcs1)
            : new CertificateRequest(name, (ECDsa)pair, new HashAlgorithmName(hash));

        using var certificate = request.CreateSelfSigned(TestCards.Now, TestCards.Now.AddDays(1));

        Assert.True(CryptographicStrength.HasStrongSignature(certificate));
    }

    [Theory]
    [InlineData("nistP256")]
    [InlineData("nistP384")]
    [InlineData("nistP521")]
    public void A_key_on_a_NIST_curve_is_strong(string curve)
    {
        using var key = ECDsa.Create(ECCurve.CreateFromFriendlyName(curve));

        using var certificate = CardBuilder.Cps().WithKey(key).Make();

        Assert.True(CryptographicStrength.HasStrongKey(certificate));
    }
}
