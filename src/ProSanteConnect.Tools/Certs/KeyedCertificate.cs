using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ProSanteConnect.Tools.Certs;

/// <summary>
/// A certificate and its private key, which is read when it is asked for: reading an RSA key checks its primes, and the
/// sandbox starts with dozens of cards whose keys nobody needs.
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

    /// <summary>The two in one object, as TLS wants them; the caller disposes it.</summary>
    public X509Certificate2 Together() => ForTls(Certificate.CopyWithPrivateKey(Key.Value));

    /// <summary>The same certificate in a form that TLS takes: on Windows, SChannel wants no key that lives in memory only.</summary>
    public static X509Certificate2 ForTls(X509Certificate2 withKey)
    {
        if (!OperatingSystem.IsWindows()) return withKey;

        using (withKey) return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pfx), password: null, X509KeyStorageFlags.Exportable);
    }
}
