using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;
using ProSanteConnect.Core.Cards;

namespace ProSanteConnect.Server.SignIn.Card;

/// <summary>
/// Reads the certificate that TLS itself brought; behind a proxy, the one in <c>Client-Cert</c> (RFC 9440), but only over the
/// connection that the proxy authenticated with its pinned certificate (security-checklist T16).
/// </summary>
internal sealed class CardConnection(IOptions<CardListenerOptions> options, ILogger<CardConnection> logger)
{
    public const string Header = "Client-Cert";

    public CardConnectionResult Read(HttpContext http)
    {
        var certificate = http.Connection.ClientCertificate;
        var isProxy = options.Value.AcceptProxyHeader && certificate is not null && IsPinned(certificate);
        if (!http.Request.Headers.TryGetValue(Header, out var header))
            return certificate is null || isProxy ? new CardConnectionResult.Nothing() : new CardConnectionResult.Presented(new UnverifiedCertificate(certificate));

        if (isProxy && Decode(header.ToString()) is { } forwarded) return new CardConnectionResult.Presented(forwarded);

        logger.CardHeaderRefused();
        return new CardConnectionResult.ForgedHeader();
    }

    private bool IsPinned(X509Certificate2 certificate) => CryptographicOperations.FixedTimeEquals(
        SHA256.HashData(certificate.RawData), Convert.FromHexString(options.Value.ProxyCertificateSha256!));

    /// <summary>A byte sequence of RFC 8941: base64 between colons.</summary>
    private static UnverifiedCertificate? Decode(string header)
    {
        if (header is not [':', .., ':']) return null;

        var der = new byte[header.Length];
        return Convert.TryFromBase64String(header[1..^1], der, out var length)
            && UnverifiedCertificate.TryRead(der.AsSpan(0, length), out var certificate) ? certificate : null;
    }
}

/// <summary>What a connection to the card listener brings.</summary>
internal abstract record CardConnectionResult
{
    private CardConnectionResult() { }

    public sealed record Presented(UnverifiedCertificate Certificate) : CardConnectionResult;

    public sealed record Nothing : CardConnectionResult;

    /// <summary>A certificate in a header, from somebody who is not the proxy.</summary>
    public sealed record ForgedHeader : CardConnectionResult;
}
