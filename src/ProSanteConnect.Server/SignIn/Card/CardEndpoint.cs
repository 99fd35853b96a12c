using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using ProSanteConnect.Core.Cards;
using ProSanteConnect.Core.SignIn;
using ProSanteConnect.Server.Shared.Errors;
using ProSanteConnect.Server.Shared.Http;
using ProSanteConnect.Server.Shared.Origins;
using ProSanteConnect.Server.Shared.RateLimits;

namespace ProSanteConnect.Server.SignIn.Card;

/// <summary>
/// The only route of the card listener. Reads the certificate of the connection (<see cref="CardConnection"/>), has it checked
/// (<see cref="CardSignIn"/>) and redirects the browser to <see cref="SignInContinuation"/> or to the page of the refusal.
/// </summary>
internal static class CardEndpoint
{
    internal static async Task<IResult> Present(
        [FromRoute(Name = "demande")] Guid signInRequestId, HttpContext http, CardSignIn cards, CardConnection connection,
        PublicOrigins origins, RateLimitRefusal refusal, CancellationToken ct)
    {
        var read = connection.Read(http);
        if (read is CardConnectionResult.ForgedHeader) return TypedResults.StatusCode(StatusCodes.Status400BadRequest);

        // The check of the revocation calls the authority, with a time limit of its own.
        http.LiftDeadline();
        var presented = (read as CardConnectionResult.Presented)?.Certificate;
        var result = await cards.PresentAsync(signInRequestId, presented, http.ClientContext(), ct);

        // A browser keeps the chosen certificate for the life of the connection: close it, so that the next try asks again.
        http.Response.Headers.Connection = "close";
        return await RespondAsync(http, result, signInRequestId, origins.WalletBehind(http.Request), refusal);
    }

    /// <summary>The HTTP response to a presented card: 303 to the wallet whose origin is given, or 429.</summary>
    internal static async Task<IResult> RespondAsync(
        HttpContext http, CardSignInResult result, Guid signInRequestId, string wallet, RateLimitRefusal refusal)
    {
        switch (result)
        {
            case CardSignInResult.Approved approved:
                return new SeeOther(wallet + SignInContinuation.UrlFor(signInRequestId, approved.Handover));
            case CardSignInResult.Refused refused:
                return new SeeOther(wallet + CardRefusedModel.UrlFor(refused.Reason, refused.When, signInRequestId));
            case CardSignInResult.TooMany tooMany:
                await refusal.AnswerAsync(http, tooMany.Limit);
                return TypedResults.Empty;
            default:
                return new SeeOther(wallet + SignInStart.PageOf(signInRequestId));
        }
    }
}

/// <summary>The URL of the card listener for a sign-in request.</summary>
internal sealed class CardListenerUrl(IHttpContextAccessor accessor, PublicOrigins origins)
{
    public const string Route = "/carte/{demande:guid}";

    /// <summary>The target of the link «Se connecter avec la carte CPS».</summary>
    public string UrlFor(SignInRequest request) => origins.CardUrl(accessor.HttpContext!.Request, $"/carte/{request.Id}");
}

/// <summary>
/// Reads the client certificate of the TLS connection. Behind a proxy reads the header <c>Client-Cert</c> (RFC 9440) instead, but only
/// on a connection that the proxy authenticated with its pinned certificate (security-checklist T16).
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

    /// <summary>Decodes a byte sequence of RFC 8941: base64 between colons. Null when it is malformed or no certificate.</summary>
    private static UnverifiedCertificate? Decode(string header)
    {
        if (header is not [':', .., ':']) return null;

        var der = new byte[header.Length];
        return Convert.TryFromBase64String(header[1..^1], der, out var length)
            && UnverifiedCertificate.TryRead(der.AsSpan(0, length), out var certificate) ? certificate : null;
    }
}

/// <summary>The certificate of a connection to the card listener.</summary>
internal abstract record CardConnectionResult
{
    private CardConnectionResult() { }

    public sealed record Presented(UnverifiedCertificate Certificate) : CardConnectionResult;

    /// <summary>No certificate, or the proxy's only.</summary>
    public sealed record Nothing : CardConnectionResult;

    /// <summary>A header <c>Client-Cert</c> that did not come from the proxy.</summary>
    public sealed record ForgedHeader : CardConnectionResult;
}
