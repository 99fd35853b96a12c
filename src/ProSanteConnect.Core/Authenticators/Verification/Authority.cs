using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ProSanteConnect.Core.Authenticators.Verification;

/// <summary>An authority that the operator trusts, root or intermediate.</summary>
public sealed class Authority
{
    internal Authority(X509Certificate2 certificate)
    {
        Certificate = certificate;
        Name = certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false);
        Key = Convert.ToHexString(SHA256.HashData(certificate.PublicKey.ExportSubjectPublicKeyInfo()));
        Thumbprint = ThumbprintOf(certificate);
    }

    public X509Certificate2 Certificate { get; }

    /// <summary>The common name.</summary>
    public string Name { get; }

    /// <summary>The SHA-256 of its public key, which tells it from another of the same name.</summary>
    public string Key { get; }

    /// <summary>The SHA-256 of its certificate.</summary>
    public string Thumbprint { get; }

    public bool IsRoot => Certificate.SubjectName.RawData.AsSpan().SequenceEqual(Certificate.IssuerName.RawData);

    internal static string ThumbprintOf(X509Certificate2 certificate) => certificate.GetCertHashString(HashAlgorithmName.SHA256);

    internal CertificateId Issued(X509Certificate2 certificate) =>
        new(Certificate.Subject, Key, CertificateId.Normalized(certificate.SerialNumberBytes.Span));

    public override string ToString() => Name;
}
