using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ProSanteConnect.Tools.Certs;

/// <summary>An authority of the test PKI with its private key.</summary>
public sealed class TestAuthority
{
    private readonly Lock _signing = new();
    private readonly KeyedCertificate _own;

    internal TestAuthority(string file, KeyedCertificate own)
    {
        File = file;
        _own = own;
    }

    /// <summary>The base name of its files, as in IGC-Santé, for example <c>ACI-FO-PP-TEST</c>.</summary>
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

    /// <summary>Issues a certificate from a profile. Another signer makes an invalid one.</summary>
    internal X509Certificate2 Issue(
        CertificateProfile profile, ProfileValues values, PublicKey key, DateTimeOffset now, X509SignatureGenerator? signer = null)
    {
        var issuerKey = Certificate.Extensions.OfType<X509SubjectKeyIdentifierExtension>().Single();
        lock (_signing)
        {
            return Make(profile, values.And("issuer-file", File), key, Certificate.SubjectName, issuerKey, signer ?? Signer, now);
        }
    }

    /// <summary>A counterfeit authority: the same name with another key.</summary>
    internal TestAuthority Counterfeit(RSA key, DateTimeOffset now)
    {
        var request = new CertificateRequest(Certificate.SubjectName, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        var certificate = request.CreateSelfSigned(now.AddYears(-1), now.AddYears(1));
        return new TestAuthority(File, new KeyedCertificate(certificate, new Lazy<RSA>(key)));
    }

    /// <summary>Signs a CRL.</summary>
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

    // 16 random bytes with a positive, non-zero first byte (RFC 5280, section 4.1.2.2).
    private static byte[] SerialNumber()
    {
        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] = (byte)(serial[0] & 0x3F | 0x40);
        return serial;
    }
}

/// <summary>
/// A certificate and its private key. The key is loaded on demand: loading an RSA key checks its primes, and the sandbox starts with
/// dozens of cards whose keys are not used.
/// </summary>
internal sealed class KeyedCertificate(X509Certificate2 certificate, Lazy<RSA> key)
{
    public X509Certificate2 Certificate { get; } = certificate;

    public Lazy<RSA> Key { get; } = key;

    public static KeyedCertificate Open(string certificateFile, string keyFile) => new(
        X509CertificateLoader.LoadCertificateFromFile(certificateFile),
        new Lazy<RSA>(() =>
        {
            var key = RSA.Create();
            key.ImportFromPem(File.ReadAllText(keyFile));
            return key;
        }));

    /// <summary>The certificate with its private key, for TLS; the caller disposes it.</summary>
    public X509Certificate2 Together() => ForTls(Certificate.CopyWithPrivateKey(Key.Value));

    /// <summary>A copy that TLS accepts: on Windows, SChannel does not accept ephemeral keys.</summary>
    public static X509Certificate2 ForTls(X509Certificate2 withKey)
    {
        if (!OperatingSystem.IsWindows()) return withKey;

        using (withKey) return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pfx), password: null, X509KeyStorageFlags.Exportable);
    }
}

/// <summary>
/// Generates keys. Test cards share two RSA keys in turn, because generating one takes a tenth of a second or more. No check depends
/// on distinct keys, and browsers accept it.
/// </summary>
internal sealed class TestKeys(params IEnumerable<Lazy<RSA>> kept)
{
    private const int Shared = 2;

    // Shared keys that were stored by an earlier run are used again.
    private readonly List<Lazy<RSA>> _cardKeys = [.. kept.Take(Shared)];
    private int _next;

    public static AsymmetricAlgorithm Create(CertificateProfile profile) => profile.KeyKind.Split(' ') switch
    {
        ["RSA", var bits] => RSA.Create(int.Parse(bits, CultureInfo.InvariantCulture)),
        ["EC", "P-256"] => ECDsa.Create(ECCurve.NamedCurves.nistP256),
        _ => throw new FormatException($"'{profile.KeyKind}' is not a kind of key: RSA n, EC P-256."),
    };

    public Lazy<RSA> ForCard(CertificateProfile profile)
    {
        if (_cardKeys.Count < Shared)
            _cardKeys.Add(new Lazy<RSA>(Create(profile) as RSA ?? throw new UnreachableException("Cards have RSA keys.")));

        return _cardKeys[_next++ % _cardKeys.Count];
    }
}

/// <summary>A revoked certificate.</summary>
/// <param name="SerialNumber">In hexadecimal.</param>
/// <param name="At">The instant of revocation.</param>
public sealed record Revocation(string SerialNumber, DateTimeOffset At);

/// <summary>The certificate of a TLS server with its key and its issuer.</summary>
public sealed class ServerCertificate(X509Certificate2 certificate, X509Certificate2 issuer)
{
    public X509Certificate2 Certificate { get; } = certificate;

    /// <summary>The certificates between the server's and the root.</summary>
    public X509Certificate2Collection Intermediates => [issuer];

    /// <summary>Whether it is valid until this instant and has exactly these names.</summary>
    internal bool Serves(IReadOnlyList<string> names, DateTimeOffset until) =>
        Certificate.NotAfter > until
        && Certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().Any(e =>
            e.EnumerateDnsNames().Concat(e.EnumerateIPAddresses().Select(a => a.ToString())).ToHashSet(StringComparer.OrdinalIgnoreCase)
                .SetEquals(names));

    internal static string AlternativeNames(IReadOnlyList<string> names) =>
        string.Join(", ", names.Select(n => IPAddress.TryParse(n, out _) ? $"IP:{n}" : $"DNS:{n}"));
}
