using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Security;

namespace ProSanteConnect.Tools.Certs;

/// <summary>Who signs OCSP answers in the name of an authority.</summary>
internal sealed class TestOcspDelegate(TestAuthority authority, X509Certificate2 certificate, Lazy<ECDsa> key)
{
    private readonly Lazy<AsymmetricKeyParameter> _signingKey = new(() => PrivateKeyFactory.CreateKey(key.Value.ExportPkcs8PrivateKey()));

    public TestAuthority Authority { get; } = authority;
    public X509Certificate2 Certificate { get; } = certificate;
    public ECDsa Key => key.Value;

    /// <summary>The same key as BouncyCastle wants it.</summary>
    public AsymmetricKeyParameter SigningKey => _signingKey.Value;

    public static TestOcspDelegate Of(TestAuthority authority, string tier, string population, DateTimeOffset now)
    {
        var profile = CertificateProfile.OcspResponder;
        var key = (ECDsa)TestKeys.Create(profile);
        var values = new ProfileValues(("tier", tier), ("population", population));
        return new TestOcspDelegate(authority, authority.Issue(profile, values, new PublicKey(key), now), new Lazy<ECDsa>(key));
    }
}
