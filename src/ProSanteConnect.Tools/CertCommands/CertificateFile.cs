using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ProSanteConnect.Tools.CertCommands;

/// <summary>Reads one certificate from a file: PEM, DER or PKCS#12.</summary>
internal static class CertificateFile
{
    // Only the certificate is read, so its key should leave no trace; macOS cannot hold one in memory.
    private static X509KeyStorageFlags KeyStorage =>
        OperatingSystem.IsMacOS() ? X509KeyStorageFlags.DefaultKeySet : X509KeyStorageFlags.EphemeralKeySet;

    /// <summary>The certificate, or null when the file holds none or the password is wrong.</summary>
    public static X509Certificate2? Read(string path, string password)
    {
        var bytes = File.ReadAllBytes(path);
        try
        {
            return X509Certificate2.GetCertContentType(bytes) == X509ContentType.Pkcs12
                ? X509CertificateLoader.LoadPkcs12(bytes, password, KeyStorage)
                : X509CertificateLoader.LoadCertificate(bytes);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
