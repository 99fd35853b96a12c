using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ProSanteConnect.Core.Cards;
using ProSanteConnect.Tools.Certs;
using Spectre.Console;

namespace ProSanteConnect.Tools.CertCommands;

/// <summary><c>psc certs show FICHIER</c>: the content of a card's certificate, without verification.</summary>
internal static class ShowCertCommand
{
    private static readonly Argument<FileInfo> File = new("FICHIER") { Description = "un certificat : PEM, DER ou PKCS#12" };

    private static readonly Option<string> Password = new("--password")
    {
        Description = "le mot de passe d'un fichier PKCS#12",
        HelpName = "MOT",
        DefaultValueFactory = _ => TestCard.Pin,
    };

    public static Command Create(TimeProvider clock)
    {
        var command = new Command("show", "affiche ce que dit une carte ; rien n'est vérifié") { File, Password };
        command.SetAction(parsed =>
        {
            var file = parsed.GetRequiredValue(File);
            if (CertificateFile.Read(file.FullName, parsed.GetRequiredValue(Password)) is not { } certificate)
                return parsed.Refuse($"{file.FullName} n'est pas un certificat lisible, ou le mot de passe est faux.");

            using (certificate) parsed.Output().Write(Table(certificate, clock));
            return ExitCode.Done;
        });
        return command;
    }

    private static Table Table(X509Certificate2 certificate, TimeProvider clock)
    {
        var says = CpxCertificate.Read(new UnverifiedCertificate(certificate));
        var table = new Table().HideHeaders().AddColumns("", "");
        Row("Identifiant national", says.ClaimedNationalId);
        Row("Nom", says.FamilyName);
        Row("Prénom", says.GivenName);
        Row("Titre", says.Title);
        Row("Structure", says.Organization is null ? null : $"{says.Organization} ({says.OrganizationId})");
        Row("Genre de carte", says.Kind?.ToString().ToUpperInvariant());
        Row("Numéro de carte", says.CardNumber);
        Row("Produit", says.Category is { } category ? $"{(int)category:X2} {category}" : null);
        Row("Profession (TRE_G15)", says.ProfessionCode?.ToString(CultureInfo.InvariantCulture));
        Row("Usage de la clé", KeyUsage(certificate));
        Row("Usages étendus", ExtendedKeyUsage(certificate));
        Row("Émetteur", certificate.Issuer);
        Row("Numéro de série", certificate.SerialNumber);
        Row("Valable", $"du {clock.InWords(new DateTimeOffset(certificate.NotBefore))} au {clock.InWords(new DateTimeOffset(certificate.NotAfter))}");
        Row("Signature", certificate.SignatureAlgorithm.FriendlyName);
        return table;

        void Row(string what, string? value) => table.AddRow(new Text(what), new Text(value ?? "—"));
    }

    private static string? KeyUsage(X509Certificate2 certificate) =>
        certificate.Extensions.OfType<X509KeyUsageExtension>().FirstOrDefault()?.KeyUsages.ToString();

    private static string? ExtendedKeyUsage(X509Certificate2 certificate) =>
        certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().FirstOrDefault() is { } purposes
            ? string.Join(", ", purposes.EnhancedKeyUsages.Cast<Oid>().Select(oid => oid.FriendlyName ?? oid.Value))
            : null;
}

/// <summary>Reads one certificate from a file: PEM, DER or PKCS#12.</summary>
internal static class CertificateFile
{
    // Only the certificate is needed, so the private key must not be persisted; macOS does not support ephemeral keys.
    private static X509KeyStorageFlags KeyStorage =>
        OperatingSystem.IsMacOS() ? X509KeyStorageFlags.DefaultKeySet : X509KeyStorageFlags.EphemeralKeySet;

    /// <summary>The certificate; null when the file contains none or the password is wrong.</summary>
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
