using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace ProSanteConnect.Core.Cards.Checks;

/// <summary>
/// The trusted authorities: those of the configured files only. Neither the system's store nor the intermediates that a browser
/// sends are used.
/// </summary>
public sealed class TrustedAuthorities
{
    private readonly Dictionary<string, Authority> _byThumbprint = [];
    private readonly Dictionary<string, Authority> _byKey = [];

    /// <exception cref="InvalidOperationException">A certificate is not a CA, is too weak, or none of them is a root.</exception>
    public TrustedAuthorities(IEnumerable<X509Certificate2> certificates)
    {
        foreach (var certificate in certificates) Add(new Authority(certificate));

        if (!All.Any(a => a.IsRoot))
            throw new InvalidOperationException("Card:TrustedAuthorities contains no root certificate.");
    }

    public IReadOnlyCollection<Authority> All => _byThumbprint.Values;

    public static TrustedAuthorities Load(IEnumerable<string> paths) => new(paths.SelectMany(AuthorityFile.Read));

    /// <summary>The certificate authorities that a TLS listener announces, so that the browser offers matching certificates only.</summary>
    public X509Certificate2Collection ToCollection() => [.. All.Select(a => a.Certificate)];

    /// <summary>The authorities with this name or thumbprint; an authority that changed its key appears twice.</summary>
    public IEnumerable<Authority> Named(string nameOrThumbprint) => All.Where(a =>
        a.Name == nameOrThumbprint || a.Thumbprint.Equals(nameOrThumbprint, StringComparison.OrdinalIgnoreCase));

    internal Authority? WithKey(string key) => _byKey.GetValueOrDefault(key);

    /// <summary>
    /// The authorities from the certificate's issuer up to a root; null when no such path exists. <see cref="ValidityCheck"/> checks
    /// the validity period of the certificate itself, because its refusal carries the date.
    /// </summary>
    internal IReadOnlyList<Authority>? PathOf(X509Certificate2 certificate, DateTimeOffset now)
    {
        using var chain = new X509Chain { ChainPolicy = Policy(now) };
        chain.Build(certificate);

        var elements = chain.ChainElements.ToList();
        if (elements.Count < 2) return null;
        if (elements[0].ChainElementStatus.Any(s => s.Status != X509ChainStatusFlags.NotTimeValid)) return null;

        var path = new List<Authority>();
        foreach (var element in elements.Skip(1))
        {
            // X509Chain also reads the user's store of intermediates; a path through one that is not configured is rejected.
            var authority = _byThumbprint.GetValueOrDefault(Authority.ThumbprintOf(element.Certificate));
            if (authority is null || element.ChainElementStatus.Length > 0) return null;

            path.Add(authority);
        }

        return path[^1].IsRoot ? path : null;
    }

    private X509ChainPolicy Policy(DateTimeOffset now)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            VerificationTime = now.UtcDateTime,
            // Revocation is checked at configured addresses; X509Chain would use those in the certificate.
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        foreach (var authority in All) (authority.IsRoot ? policy.CustomTrustStore : policy.ExtraStore).Add(authority.Certificate);

        return policy;
    }

    private void Add(Authority authority)
    {
        var certificate = authority.Certificate;
        if (!certificate.Extensions.OfType<X509BasicConstraintsExtension>().Any(c => c.CertificateAuthority))
            throw new InvalidOperationException($"Card:TrustedAuthorities: '{authority}' is not a CA certificate (basicConstraints).");
        if (!CryptographicStrength.HasStrongKey(certificate))
            throw new InvalidOperationException($"Card:TrustedAuthorities: the key of '{authority}' is too short.");

        // The self-signature of a root is not relied on, so its algorithm does not matter.
        if (!authority.IsRoot && !CryptographicStrength.HasStrongSignature(certificate))
            throw new InvalidOperationException($"Card:TrustedAuthorities: '{authority}' is signed with a broken algorithm.");

        _byThumbprint[authority.Thumbprint] = authority;
        _byKey[authority.Key] = authority;
    }
}

/// <summary>A trusted authority, root or intermediate.</summary>
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

    /// <summary>The SHA-256 of its public key, which distinguishes it from another authority with the same name.</summary>
    public string Key { get; }

    /// <summary>The SHA-256 of its certificate.</summary>
    public string Thumbprint { get; }

    public bool IsRoot => Certificate.SubjectName.RawData.AsSpan().SequenceEqual(Certificate.IssuerName.RawData);

    internal static string ThumbprintOf(X509Certificate2 certificate) => certificate.GetCertHashString(HashAlgorithmName.SHA256);

    internal CertificateId Issued(X509Certificate2 certificate) =>
        new(Certificate.Subject, Key, CertificateId.Normalized(certificate.SerialNumberBytes.Span));

    public override string ToString() => Name;
}

/// <summary>Reads the certificates of a file in the formats that authorities publish: PEM, DER, PKCS#7.</summary>
internal static class AuthorityFile
{
    /// <exception cref="InvalidOperationException">The file is missing or has another content.</exception>
    public static IReadOnlyList<X509Certificate2> Read(string path)
    {
        try
        {
            var bytes = File.ReadAllBytes(path);
            return X509Certificate2.GetCertContentType(bytes) == X509ContentType.Pkcs7 ? Pkcs7(bytes) : Certificates(bytes);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new InvalidOperationException($"Card:TrustedAuthorities: '{path}' cannot be read: {fault.Message}", fault);
        }
    }

    private static List<X509Certificate2> Certificates(byte[] bytes)
    {
        var text = Encoding.Latin1.GetString(bytes);
        if (!text.Contains("-----BEGIN", StringComparison.Ordinal)) return [X509CertificateLoader.LoadCertificate(bytes)];

        var bundle = new X509Certificate2Collection();
        bundle.ImportFromPem(text);
        return [.. bundle];
    }

    private static List<X509Certificate2> Pkcs7(byte[] bytes)
    {
        var text = Encoding.Latin1.GetString(bytes);
        var message = new SignedCms();
        message.Decode(PemEncoding.TryFind(text, out var pem) ? Convert.FromBase64String(text[pem.Base64Data]) : bytes);
        return [.. message.Certificates];
    }
}
