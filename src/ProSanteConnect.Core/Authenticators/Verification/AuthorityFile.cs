using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace ProSanteConnect.Core.Authenticators.Verification;

/// <summary>Reads the certificates of a file, in the forms in which authorities hand them out: PEM, DER, PKCS#7.</summary>
internal static class AuthorityFile
{
    /// <exception cref="InvalidOperationException">The file is missing or holds something else.</exception>
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
