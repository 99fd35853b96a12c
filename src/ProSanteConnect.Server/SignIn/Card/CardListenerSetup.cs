using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;
using ProSanteConnect.Core.Authenticators.Verification;

namespace ProSanteConnect.Server.SignIn.Card;

/// <summary>Opens the card listener of the production host, beside the endpoints of the section <c>Kestrel</c>.</summary>
internal static class CardListenerSetup
{
    public static void AddCardListener(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<CardListenerOptions>().Validate(
            options => File.Exists(options.CertificateFile),
            "CardListener:CertificateFile must name the certificate of the card listener.");
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            var options = kestrel.ApplicationServices.GetRequiredService<IOptions<CardListenerOptions>>().Value;
            var authorities = kestrel.ApplicationServices.GetRequiredService<TrustedAuthorities>().ToCollection();
            kestrel.ListenAnyIP(options.Port, listener => listener.UseCards(CertificateOf(options), IntermediatesOf(options), authorities));
        });
    }

    private static X509Certificate2 CertificateOf(CardListenerOptions options) => options.KeyFile is { } keyFile
        ? X509Certificate2.CreateFromPemFile(options.CertificateFile!, keyFile)
        : X509CertificateLoader.LoadPkcs12FromFile(options.CertificateFile!, options.CertificatePassword);

    /// <summary>All of the file: what leads from our certificate to a root that browsers know is sent along with it.</summary>
    private static X509Certificate2Collection IntermediatesOf(CardListenerOptions options)
    {
        if (options.KeyFile is null) return X509CertificateLoader.LoadPkcs12CollectionFromFile(options.CertificateFile!, options.CertificatePassword);

        var certificates = new X509Certificate2Collection();
        certificates.ImportFromPemFile(options.CertificateFile!);
        return certificates;
    }
}
