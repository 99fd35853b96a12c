using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.X509;
using ProSanteConnect.Core.Cards.Checks;

namespace ProSanteConnect.Core.Cards.Revocation;

/// <summary>A CRL with a verified signature: the serial numbers that it lists, and its validity period.</summary>
internal sealed record Crl(
    DateTimeOffset ThisUpdate, DateTimeOffset NextUpdate, FrozenDictionary<string, DateTimeOffset> Revocations)
{
    public DateTimeOffset? RevokedSince(string serialNumber) =>
        Revocations.TryGetValue(serialNumber, out var since) ? since : null;
}

/// <summary>The result of reading a CRL.</summary>
internal abstract record CrlReading
{
    private CrlReading()
    {
    }

    public sealed record Accepted(Crl Crl) : CrlReading;

    public sealed record Rejected(string Doubt) : CrlReading;
}

/// <summary>Reads a CRL. Accepts it only when its authority signed it and it is complete and current (RFC 5280, sections 5 and 6.3).</summary>
internal static class CrlReader
{
    private const string PemLabel = "X509 CRL";

    public static CrlReading Read(byte[] bytes, Authority issuer, DateTimeOffset now)
    {
        try
        {
            return Judge(new X509Crl(Der(bytes)), issuer, now);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // The parser throws many types of exception for malformed input; each of them means "unreadable".
            return new CrlReading.Rejected(RevocationDoubt.Unreadable);
        }
    }

    private static CrlReading Judge(X509Crl crl, Authority issuer, DateTimeOffset now)
    {
        if (!crl.IssuerDN.Equivalent(X509Name.GetInstance(issuer.Certificate.SubjectName.RawData), inOrder: true))
            return new CrlReading.Rejected(RevocationDoubt.WrongIssuer);
        if (!CryptographicStrength.IsStrongSignature(crl.SigAlgOid))
            return new CrlReading.Rejected(RevocationDoubt.WeakSignature);
        if (!MaySignCrls(issuer) || !IsSignedBy(crl, BouncyKey.Of(issuer.Certificate)))
            return new CrlReading.Rejected(RevocationDoubt.WrongSigner);
        if (!IsComplete(crl))
            return new CrlReading.Rejected(RevocationDoubt.Partial);

        var thisUpdate = BouncyTime.Of(crl.ThisUpdate);
        if (thisUpdate > now + BouncyTime.ClockSkew)
            return new CrlReading.Rejected(RevocationDoubt.FromTheFuture);

        // RFC 5280, section 5.1.2.5: nextUpdate is mandatory; without it the age limit of the list is unknown.
        return crl.NextUpdate is { } end && BouncyTime.Of(end) > now
            ? new CrlReading.Accepted(new Crl(thisUpdate, BouncyTime.Of(end), Revocations(crl)))
            : new CrlReading.Rejected(RevocationDoubt.Stale);
    }

    private static bool IsSignedBy(X509Crl crl, AsymmetricKeyParameter key) => key.Fits(crl.SigAlgOid) && crl.IsSignatureValid(key);

    private static bool MaySignCrls(Authority issuer) =>
        issuer.Certificate.Extensions.OfType<X509KeyUsageExtension>().All(u => u.KeyUsages.HasFlag(X509KeyUsageFlags.CrlSign));

    // A delta CRL, or a CRL limited to some certificates or reasons, omits certificates that another CRL lists as revoked.
    private static bool IsComplete(X509Crl crl)
    {
        var understood = crl.GetCriticalExtensionOids() is not { } critical
            || critical.All(oid => oid == X509Extensions.IssuingDistributionPoint.Id);
        if (!understood || crl.GetExtensionValue(X509Extensions.DeltaCrlIndicator) is not null) return false;
        if (crl.GetExtensionParsedValue(X509Extensions.IssuingDistributionPoint) is not { } scope) return true;

        var point = IssuingDistributionPoint.GetInstance(scope);
        return !point.IsIndirectCrl && !point.OnlyContainsUserCerts && !point.OnlyContainsCACerts
            && !point.OnlyContainsAttributeCerts && point.OnlySomeReasons is null;
    }

    private static FrozenDictionary<string, DateTimeOffset> Revocations(X509Crl crl)
    {
        var revocations = new Dictionary<string, DateTimeOffset>();
        foreach (var entry in crl.CertificateList.GetRevokedCertificateEnumeration())
        {
            var serial = CertificateId.Normalized(entry.UserCertificate.PositiveValue.ToByteArrayUnsigned());
            revocations[serial] = BouncyTime.Of(entry.RevocationDate.ToDateTime());
        }

        return revocations.ToFrozenDictionary();
    }

    private static byte[] Der(byte[] bytes)
    {
        // A CRL in DER begins with a SEQUENCE tag; PEM text begins with dashes or a comment.
        if (bytes is [0x30, ..]) return bytes;

        var text = Encoding.Latin1.GetString(bytes);
        var pem = PemEncoding.Find(text);
        return text[pem.Label] == PemLabel ? Convert.FromBase64String(text[pem.Base64Data]) : [];
    }
}

/// <summary>Converts a .NET public key for BouncyCastle, which reads the CRLs and OCSP responses that .NET cannot.</summary>
internal static class BouncyKey
{
    private const string RsaAlgorithms = "1.2.840.113549.1.1.";

    public static AsymmetricKeyParameter Of(X509Certificate2 certificate) =>
        PublicKeyFactory.CreateKey(certificate.PublicKey.ExportSubjectPublicKeyInfo());

    /// <summary>Whether the key type matches the signature algorithm. BouncyCastle throws when they differ.</summary>
    public static bool Fits(this AsymmetricKeyParameter key, string algorithm) =>
        key is RsaKeyParameters == algorithm.StartsWith(RsaAlgorithms, StringComparison.Ordinal);
}

/// <summary>Converts the instants of CRLs and OCSP responses, which BouncyCastle returns as UTC without an offset.</summary>
internal static class BouncyTime
{
    /// <summary>How far the clock of an authority may be ahead of the local clock.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    public static DateTimeOffset Of(DateTime utc) => new(DateTime.SpecifyKind(utc, DateTimeKind.Utc));
}
