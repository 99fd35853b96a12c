using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Options;
using ProSanteConnect.Core.Cards.Checks;

namespace ProSanteConnect.Server.SignIn.Card;

/// <summary>
/// The TLS listener that asks for a card (openiddict-notes §5). It accepts the connection without one too, so that a page can
/// say what is missing; what is presented is judged afterwards, by hand, and the handshake downloads nothing.
/// </summary>
internal static class CardListener
{
    /// <summary>Listens for cards; the browser is told which authorities count, so that it offers the right certificates only.</summary>
    public static void UseCards(
        this ListenOptions listener, X509Certificate2 certificate, X509Certificate2Collection intermediates, X509Certificate2Collection authorities)
    {
        // HTTP/2 has no second handshake, and the connection is closed after each card anyway.
        listener.Protocols = HttpProtocols.Http1;
        var context = SslStreamCertificateContext.Create(
            certificate,
            additionalCertificates: intermediates,
            offline: true,
            SslCertificateTrust.CreateForX509Collection(authorities, sendTrustInHandshake: true));
        listener.UseHttps(new TlsHandshakeCallbackOptions
        {
            OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions
            {
                ServerCertificateContext = context,
                ClientCertificateRequired = true,
#pragma warning disable CA5359 // CardVerifier judges the certificate after the handshake, so that a refusal is a page and not a reset.
                RemoteCertificateValidationCallback = (_, _, _, _) => true,
#pragma warning restore CA5359
                CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
                CertificateChainPolicy = WithoutDownloads(),
                AllowTlsResume = false,
            }),
        });
        listener.Use(next => connection =>
        {
            connection.Features.Set(new CardListenerFeature());
            return next(connection);
        });
    }

    /// <summary>Whether the request came by the card listener.</summary>
    public static bool IsCardListener(this HttpContext http) => http.Features.Get<CardListenerFeature>() is not null;

    /// <summary>The framework would otherwise follow addresses named in the certificate (security-checklist §0.4).</summary>
    private static X509ChainPolicy WithoutDownloads() => new()
    {
        DisableCertificateDownloads = true,
        RevocationMode = X509RevocationMode.NoCheck,
    };

    private sealed class CardListenerFeature;
}

/// <summary>Keeps the card listener to its one page: a session cookie has no business on it, nor a protocol endpoint.</summary>
internal static class CardListenerOnly
{
    public static IApplicationBuilder UseCardListenerOnly(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        if (!http.IsCardListener() || http.Request.Path.StartsWithSegments("/carte")) return next(http);

        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    });
}

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
