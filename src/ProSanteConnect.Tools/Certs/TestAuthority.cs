using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ProSanteConnect.Tools.Certs;

/// <summary>An authority of the test PKI, with its key.</summary>
public sealed class TestAuthority
{
    private readonly Lock _signing = new();
    private readonly KeyedCertificate _own;

    internal TestAuthority(string file, KeyedCertificate own)
    {
        File = file;
        _own = own;
    }

    /// <summary>The name of its files, as IGC-Santé names them, for example <c>ACI-FO-PP-TEST</c>.</summary>
    public string File { get; }

    public string Name => Certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false);

    /// <summary>The certificate, without the key.</summary>
    public X509Certificate2 Certificate => _own.Certificate;

    public bool IsRoot => Certificate.SubjectName.RawData.AsSpan().SequenceEqual(Certificate.IssuerName.RawData);

    internal RSA Key => _own.Key.Value;

    private X509SignatureGenerator Signer => X509SignatureGenerator.CreateForRSA(Key, RSASignaturePadding.Pkcs1);

    internal static TestAuthority Root(string file, CertificateProfile profile, ProfileValues values, DateTimeOffset now)
    {
        var key = (RSA)TestKeys.Create(profile);
        var subject = SubjectName.Write(profile.SubjectTemplate, values);
        var signer = X509SignatureGenerator.CreateForRSA(key, RSASignaturePadding.Pkcs1);
        var certificate = Make(profile, values, new PublicKey(key), subject, null, signer, now);
        return new TestAuthority(file, new KeyedCertificate(certificate, new Lazy<RSA>(key)));
    }

    internal TestAuthority Subordinate(string file, CertificateProfile profile, ProfileValues values, DateTimeOffset now)
    {
        var key = (RSA)TestKeys.Create(profile);
        return new TestAuthority(file, new KeyedCertificate(Issue(profile, values, new PublicKey(key), now), new Lazy<RSA>(key)));
    }

    /// <summary>Issues a certificate as the profile says; another signer makes one that must not be believed.</summary>
    internal X509Certificate2 Issue(
        CertificateProfile profile, ProfileValues values, PublicKey key, DateTimeOffset now, X509SignatureGenerator? signer = null)
    {
        var issuerKey = Certificate.Extensions.OfType<X509SubjectKeyIdentifierExtension>().Single();
        lock (_signing)
        {
            return Make(profile, values.And("issuer-file", File), key, Certificate.SubjectName, issuerKey, signer ?? Signer, now);
        }
    }

    /// <summary>An authority of the same name with a key of its own: what a forger makes.</summary>
    internal TestAuthority Counterfeit(RSA key, DateTimeOffset now)
    {
        var request = new CertificateRequest(Certificate.SubjectName, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        var certificate = request.CreateSelfSigned(now.AddYears(-1), now.AddYears(1));
        return new TestAuthority(File, new KeyedCertificate(certificate, new Lazy<RSA>(key)));
    }

    /// <summary>Signs the list of what this authority has revoked.</summary>
    public byte[] Crl(IEnumerable<Revocation> revocations, DateTimeOffset thisUpdate, DateTimeOffset nextUpdate)
    {
        var list = new CertificateRevocationListBuilder();
        foreach (var (serial, at) in revocations) list.AddEntry(Convert.FromHexString(serial), at);

        var issuerKey = Certificate.Extensions.OfType<X509SubjectKeyIdentifierExtension>().Single();
        lock (_signing)
        {
            return list.Build(
                Certificate.SubjectName, Signer, new BigInteger(thisUpdate.ToUnixTimeSeconds()), nextUpdate, HashAlgorithmName.SHA256,
                X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(issuerKey), thisUpdate);
        }
    }

    public override string ToString() => Name;

    private static X509Certificate2 Make(
        CertificateProfile profile, ProfileValues values, PublicKey key, X500DistinguishedName issuer,
        X509SubjectKeyIdentifierExtension? issuerKey, X509SignatureGenerator signer, DateTimeOffset now)
    {
        var subject = SubjectName.Write(profile.SubjectTemplate, values);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        foreach (var (name, template) in profile.Extensions)
        {
            if (values.Fill(template) is { } value) request.CertificateExtensions.Add(ProfileExtension.Write(name, value, key, issuerKey));
        }

        var (from, to) = profile.ValidityAt(now);
        return request.Create(issuer, signer, from, to, SerialNumber());
    }

    // 16 random octets, the first of them neither zero nor negative.
    private static byte[] SerialNumber()
    {
        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] = (byte)(serial[0] & 0x3F | 0x40);
        return serial;
    }
}
