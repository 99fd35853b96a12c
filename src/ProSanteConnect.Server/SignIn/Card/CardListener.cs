using System.ComponentModel.DataAnnotations;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Options;
using ProSanteConnect.Core.Cards.Checks;

namespace ProSanteConnect.Server.SignIn.Card;

/// <summary>
/// The TLS listener that requests a client certificate (openiddict-notes §5). It accepts connections without one, so that a page can
/// explain what is missing. <c>CardVerifier</c> checks the certificate after the handshake; the handshake downloads nothing.
/// </summary>
internal static partial class CardListener
{
    /// <summary>The browser asks for the certificate and the code of the card during the handshake; who looks for the PIN pad needs minutes.</summary>
    public static readonly TimeSpan DefaultHandshakeTimeout = TimeSpan.FromMinutes(3);

    /// <summary>Requests a client certificate. The handshake names the accepted authorities, so that the browser offers matching certificates only.</summary>
    public static void UseCards(
        this ListenOptions listener, X509Certificate2 certificate, X509Certificate2Collection intermediates, X509Certificate2Collection authorities,
        TimeSpan handshakeTimeout)
    {
        LogUnfinishedHandshakes(listener, handshakeTimeout);
        // HTTP/2 has no renegotiation, and the connection is closed after each card.
        listener.Protocols = HttpProtocols.Http1;
        var context = SslStreamCertificateContext.Create(
            certificate,
            additionalCertificates: intermediates,
            offline: true,
            SslCertificateTrust.CreateForX509Collection(authorities, sendTrustInHandshake: true));
        listener.UseHttps(new TlsHandshakeCallbackOptions
        {
            HandshakeTimeout = handshakeTimeout,
            OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions
            {
                ServerCertificateContext = context,
                ClientCertificateRequired = true,
#pragma warning disable CA5359 // CardVerifier checks the certificate after the handshake, so that a refusal is a page and not a connection reset.
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

    // Kestrel logs an ended handshake for debugging only; the operator needs it when a practitioner calls.
    private static void LogUnfinishedHandshakes(ListenOptions listener, TimeSpan handshakeTimeout)
    {
        var logger = listener.ApplicationServices.GetRequiredService<ILoggerFactory>().CreateLogger("ProSanteConnect.CardListener");
        listener.Use(next => async connection =>
        {
            var begun = TimeProvider.System.GetTimestamp();
            await next(connection);
            // Kestrel's timer may fire a little early.
            if (connection.Features.Get<CardListenerFeature>() is null && TimeProvider.System.GetElapsedTime(begun) >= handshakeTimeout * 0.9)
                HandshakeTimedOut(logger, handshakeTimeout.TotalSeconds);
        });
    }

    [LoggerMessage(2601, LogLevel.Information, "A connection to the card listener was closed, because its TLS handshake was not finished after {Seconds} s (CardListener:HandshakeTimeout): the certificate or the code of the card was not entered. The practitioner may try again.")]
    private static partial void HandshakeTimedOut(ILogger logger, double seconds);

    /// <summary>Whether the connection of the request was accepted by the card listener.</summary>
    public static bool IsCardListener(this HttpContext http) => http.Features.Get<CardListenerFeature>() is not null;

    /// <summary>Prevents the framework from fetching URLs named in the certificate (security-checklist §0.4).</summary>
    private static X509ChainPolicy WithoutDownloads() => new()
    {
        DisableCertificateDownloads = true,
        RevocationMode = X509RevocationMode.NoCheck,
    };

    private sealed class CardListenerFeature;
}

/// <summary>Answers 404 on the card listener for every path but <c>/carte</c>: no other page and no protocol endpoint is served there.</summary>
internal static class CardListenerOnly
{
    public static IApplicationBuilder UseCardListenerOnly(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        if (!http.IsCardListener() || http.Request.Path.StartsWithSegments("/carte")) return next(http);

        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    });
}

/// <summary>Adds the card listener of the production host to the endpoints of the section <c>Kestrel</c>.</summary>
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
            kestrel.ListenAnyIP(options.Port, listener => listener.UseCards(CertificateOf(options), IntermediatesOf(options), authorities, options.HandshakeTimeout));
        });
    }

    private static X509Certificate2 CertificateOf(CardListenerOptions options) => options.KeyFile is { } keyFile
        ? X509Certificate2.CreateFromPemFile(options.CertificateFile!, keyFile)
        : X509CertificateLoader.LoadPkcs12FromFile(options.CertificateFile!, options.CertificatePassword);

    /// <summary>All certificates of the file: the server sends the chain to a root that browsers trust.</summary>
    private static X509Certificate2Collection IntermediatesOf(CardListenerOptions options)
    {
        if (options.KeyFile is null) return X509CertificateLoader.LoadPkcs12CollectionFromFile(options.CertificateFile!, options.CertificatePassword);

        var certificates = new X509Certificate2Collection();
        certificates.ImportFromPemFile(options.CertificateFile!);
        return certificates;
    }
}

/// <summary>The TLS listener for cards (section <c>CardListener</c>; design §1, decision 10).</summary>
public sealed class CardListenerOptions : IValidatableObject
{
    /// <summary>The port of the listener, on all addresses; 8444 by default.</summary>
    [Range(1, 65535)]
    public int Port { get; set; } = 8444;

    /// <summary>
    /// How long the TLS handshake may take, in which a person chooses the certificate and types the code of the card. From 30 seconds to 10 minutes; 3
    /// minutes by default.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:30", "00:10:00")]
    public TimeSpan HandshakeTimeout { get; set; } = CardListener.DefaultHandshakeTimeout;

    /// <summary>The server's certificate, PEM or PKCS#12.</summary>
    public string? CertificateFile { get; set; }

    /// <summary>The private key, when the certificate is PEM.</summary>
    public string? KeyFile { get; set; }

    public string? CertificatePassword { get; set; }

    /// <summary>
    /// The SHA-256 fingerprint, in hexadecimal, of the certificate with which a reverse proxy authenticates itself to this
    /// listener. The header <c>Client-Cert</c> (RFC 9440) is accepted on such a connection only. Empty: no proxy.
    /// </summary>
    public string? ProxyCertificateSha256 { get; set; }

    /// <summary>Whether a proxy forwards the certificate of the card in the header <c>Client-Cert</c>; false by default.</summary>
    public bool AcceptProxyHeader { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        // security-checklist T16: certificates are public, so an unauthenticated header proves nothing.
        if (AcceptProxyHeader && string.IsNullOrWhiteSpace(ProxyCertificateSha256))
        {
            yield return new ValidationResult(
                "CardListener:AcceptProxyHeader needs CardListener:ProxyCertificateSha256: without the proxy's pinned certificate anybody could present anybody's card.",
                [nameof(ProxyCertificateSha256)]);
        }

        if (ProxyCertificateSha256 is { Length: > 0 } fingerprint && (fingerprint.Length != 64 || !fingerprint.All(char.IsAsciiHexDigit)))
            yield return new ValidationResult("CardListener:ProxyCertificateSha256 must be 64 hexadecimal digits.", [nameof(ProxyCertificateSha256)]);
    }
}
