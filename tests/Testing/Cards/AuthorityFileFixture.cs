using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ProSanteConnect.Testing.Cards;

/// <summary>An authority without certificates, for a host that only has to start.</summary>
public static class AuthorityFileFixture
{
    private static readonly Lazy<string> File = new(Make);

    public static string Path => File.Value;

    private static string Make()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=Authority of a test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        using var certificate = request.CreateSelfSigned(
            new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2040, 1, 1, 0, 0, 0, TimeSpan.Zero));

        var path = System.IO.Path.Combine(Directory.CreateTempSubdirectory("psc-authority-").FullName, "authority.pem");
        System.IO.File.WriteAllText(path, certificate.ExportCertificatePem());
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(System.IO.Path.GetDirectoryName(path)!, recursive: true);
        return path;
    }
}
