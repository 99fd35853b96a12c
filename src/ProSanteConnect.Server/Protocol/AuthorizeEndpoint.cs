using System.Collections.Immutable;
using System.Security.Claims;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using ProSanteConnect.Core.SignIn;
using ProSanteConnect.Core.SingleSignOn;
using ProSanteConnect.Server.Protocol.Handlers;
using ProSanteConnect.Server.Protocol.OpenIddict;
using ProSanteConnect.Server.Protocol.Tokens;
using ProSanteConnect.Server.Shared.Clients;
using ProSanteConnect.Server.Shared.Errors;
using ProSanteConnect.Server.Shared.Http;
using ProSanteConnect.Server.Shared.Origins;
using ProSanteConnect.Server.Shared.RateLimits;
using ProSanteConnect.Server.SignIn;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace ProSanteConnect.Server.Protocol;

/// <summary>
/// The authorization endpoint (OpenID Connect Core 3.1.2), after OpenIddict has validated the request: answers it from the browser's
/// session, or starts a sign-in. The browser returns from the sign-in through <see cref="SignInContinuation"/>.
/// </summary>
internal sealed class AuthorizeEndpoint(
    BrowserSession browser, SignInStart start, ClientDirectory clients, PublicOrigins origins, TokenWriter tokens, CardRevocationCheck cards, RateLimiter limiter, Limits limits,
    RateLimitRefusal refusal, IOptions<ProtocolOptions> options, TimeProvider clock)
{
    internal static Task<IResult> Answer(HttpContext http, AuthorizeEndpoint endpoint) => endpoint.AnswerAsync(http);

    private async Task<IResult> AnswerAsync(HttpContext http)
    {
        var transaction = http.Features.Get<OpenIddictServerAspNetCoreFeature>()!.Transaction!;
        var request = http.GetOpenIddictServerRequest()!;

        // The cookies belong to the wallet host, and browsers withhold them (SameSite) from a form that another site posts: a request to the
        // other host or by POST is redirected there.
        if (!IsWallet(http.Request) || HttpMethods.IsPost(http.Request.Method))
            return SeeOther($"{origins.Wallet(http.Request)}/auth?{ContinuationOf(request)}");
        if (!HasValidMaxAge(request)) return Refuse(Errors.InvalidRequest, "The parameter 'max_age' must be a number of seconds.");
        if (RequestedLevelOf(request) is not { } level) return Refuse(Errors.InvalidRequest, "None of the requested acr_values is supported.");

        var pending = transaction.PendingSignIn;
        if (pending?.Status == SignInStatus.Cancelled) return Refuse(Errors.AccessDenied, "The practitioner cancelled the sign-in.");

        var session = await browser.GetAsync(http.RequestAborted);
        var isFresh = session is not null && pending?.SessionId == session.Id;
        if (session?.CertificateId is not null && !isFresh)
        {
            // The check of the revocation calls the authority, with a time limit of its own.
            http.LiftDeadline();
            if (await cards.IsRevokedAsync(session.CertificateId, session.Id, http.RequestAborted))
            {
                browser.Forget();
                session = null;
            }
        }

        // OpenID Connect Core 3.1.2.2: no token for another person than the one the relying party named.
        if (isFresh && !IsHinted(session!, transaction.Token))
            return Refuse(Errors.LoginRequired, "Another practitioner signed in than the one of 'id_token_hint'.");
        if (session is not null && level.IsReachedBy(session.AuthMode) && (isFresh || Satisfies(session, request, transaction.Token)))
        {
            transaction.Authentication = new SessionAuthentication(session, level);
            return TypedResults.SignIn(PrincipalOf(session, request), authenticationScheme: OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
        }

        if (request.HasPromptValue(PromptValues.None)) return Refuse(Errors.LoginRequired, "The practitioner must sign in.");
        if (pending is { Status: SignInStatus.Opened or SignInStatus.Approved }) return SeeOther(SignInStart.PageOf(pending.Id));

        if (await limiter.CountAddressAsync(limits.SignInStarts, http.ClientAddress(), http.RequestAborted) is RateLimitResult.Exceeded exceeded)
        {
            await refusal.AnswerAsync(http, exceeded, request.ClientId);
            return TypedResults.Empty;
        }

        return SeeOther(await start.OpenAsync(request.ClientId, ContinuationOf(request), level.RequiredAuthMode, http.RequestAborted));
    }

    private bool IsWallet(HttpRequest request) =>
        $"{request.Scheme}://{request.Host}".Equals(origins.Wallet(request), StringComparison.OrdinalIgnoreCase);

    /// <summary>The level that the request demands, whose parameter an official sample misspells; null when no level of the request is known.</summary>
    private RequestedLevel? RequestedLevelOf(OpenIddictRequest request)
    {
        var requested = (request.AcrValues ?? (string?)request["acr"] ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var echo = clients.Find(request.ClientId)?.EchoRequestedAcr == true;
        if (requested.Length == 0) return RequestedLevel.Default(echo);

        return RequestedLevel.Of(requested, echo) ?? (options.Value.RefuseUnknownAcr ? null : RequestedLevel.Default(echo));
    }

    /// <summary>Whether a standing session may answer (OpenID Connect Core 3.1.2.1: prompt, max_age, id_token_hint).</summary>
    private bool Satisfies(Session session, OpenIddictRequest request, VerifiedToken? hint)
    {
        if (request.HasPromptValue(PromptValues.Login) || request.HasPromptValue(PromptValues.SelectAccount)) return false;
        if (request.MaxAge is { } maxAge && (clock.GetUtcNow() - session.AuthenticatedAt).TotalSeconds >= maxAge) return false;

        return IsHinted(session, hint);
    }

    private bool IsHinted(Session session, VerifiedToken? hint) =>
        hint is not { Kind: TokenKind.ID } || hint.Subject == tokens.SubjectOf(session.NationalId);

    private static bool HasValidMaxAge(OpenIddictRequest request) =>
        string.IsNullOrEmpty((string?)request[Parameters.MaxAge]) || request.MaxAge >= 0;

    private static ClaimsPrincipal PrincipalOf(Session session, OpenIddictRequest request)
    {
        var principal = new ClaimsPrincipal(new ClaimsIdentity("psc", Claims.Name, Claims.Role));
        principal.SetClaim(Claims.Subject, session.NationalId);
        principal.SetScopes(GrantedScopes.Of(request));
        return principal;
    }

    /// <summary>The request's own parameters, to come back with after the sign-in.</summary>
    private static string ContinuationOf(OpenIddictRequest request) => QueryHelpers.AddQueryString(
        "",
        request.GetParameters()
            .Where(parameter => parameter.Key != SignInContinuation.AuthorizationParameter)
            .SelectMany(parameter => ((ImmutableArray<string?>?)parameter.Value ?? []).Select(value => KeyValuePair.Create(parameter.Key, value)))).TrimStart('?');

    private static SeeOther SeeOther(string url) => new SeeOther(url);

    private static ForbidHttpResult Refuse(string error, string description) => TypedResults.Forbid(
        new AuthenticationProperties(new Dictionary<string, string?>
        {
            [OpenIddictServerAspNetCoreConstants.Properties.Error] = error,
            [OpenIddictServerAspNetCoreConstants.Properties.ErrorDescription] = description,
        }),
        [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
}

/// <summary>The session that answers an authorization request, and the level that the request demanded.</summary>
internal sealed record SessionAuthentication(Session Session, RequestedLevel Level);
