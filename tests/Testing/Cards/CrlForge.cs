using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Crypto.Operators;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.X509;
using ProSanteConnect.Tools.Certs;

namespace ProSanteConnect.Testing.Cards;

/// <summary>CRLs that must be refused.</summary>
public static class CrlForge
{
    public static byte[] OverSha1(TestAuthority authority) => new CertificateRevocationListBuilder().Build(
        authority.Certificate.SubjectName, new BrokenHashSigner(authority.Key, HashAlgorithmName.SHA1), BigInteger.One,
        TestCards.Now.AddDays(1), HashAlgorithmName.SHA256, KeyIdentifier(authority), TestCards.Now);

    /// <summary>Signed by somebody else under this authority's name.</summary>
    public static byte[] Counterfeit(TestAuthority authority)
    {
        using var key = RSA.Create(2048);
        return new CertificateRevocationListBuilder().Build(
            authority.Certificate.SubjectName, X509SignatureGenerator.CreateForRSA(key, RSASignaturePadding.Pkcs1), BigInteger.One,
            TestCards.Now.AddDays(1), HashAlgorithmName.SHA256, KeyIdentifier(authority), TestCards.Now);
    }

    /// <summary>A list of what changed since another list.</summary>
    public static byte[] Delta(TestAuthority authority) =>
        With(authority, X509Extensions.DeltaCrlIndicator, DerInteger.ValueOf(1), nextUpdate: TestCards.Now.AddDays(1));

    /// <summary>A list of the certificates of authorities only.</summary>
    public static byte[] OfAuthoritiesOnly(TestAuthority authority) => With(
        authority, X509Extensions.IssuingDistributionPoint,
        new IssuingDistributionPoint(null, false, onlyContainsCACerts: true, null, false, false), nextUpdate: TestCards.Now.AddDays(1));

    /// <summary>A list of everything that says so.</summary>
    public static byte[] OfEverything(TestAuthority authority) => With(
        authority, X509Extensions.IssuingDistributionPoint,
        new IssuingDistributionPoint(Point, false, false, null, false, false), nextUpdate: TestCards.Now.AddDays(1));

    /// <summary>A list with something critical that nobody knows.</summary>
    public static byte[] WithUnknownDemand(TestAuthority authority) =>
        With(authority, new DerObjectIdentifier("1.2.3.4.5"), DerNull.Instance, nextUpdate: TestCards.Now.AddDays(1));

    /// <summary>A list that does not say when the next one comes.</summary>
    public static byte[] WithoutEnd(TestAuthority authority) =>
        With(authority, X509Extensions.CrlNumber, DerInteger.ValueOf(1), nextUpdate: null);

    private static DistributionPointName Point { get; } =
        new(new GeneralNames(new GeneralName(GeneralName.UniformResourceIdentifier, "http://crl.invalid/all.crl")));

    private static byte[] With(TestAuthority authority, DerObjectIdentifier oid, Asn1Encodable extension, DateTimeOffset? nextUpdate)
    {
        var crl = new X509V2CrlGenerator();
        crl.SetIssuerDN(X509Name.GetInstance(authority.Certificate.SubjectName.RawData));
        crl.SetThisUpdate(TestCards.Now.UtcDateTime);
        if (nextUpdate is { } next) crl.SetNextUpdate(next.UtcDateTime);
        crl.AddExtension(oid, !oid.Equals(X509Extensions.CrlNumber), extension);

        var key = PrivateKeyFactory.CreateKey(authority.Key.ExportPkcs8PrivateKey());
        return crl.Generate(new Asn1SignatureFactory("SHA256WITHRSA", key)).GetEncoded();
    }

    private static X509AuthorityKeyIdentifierExtension KeyIdentifier(TestAuthority authority) =>
        X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(
            authority.Certificate.Extensions.OfType<X509SubjectKeyIdentifierExtension>().Single());
}
