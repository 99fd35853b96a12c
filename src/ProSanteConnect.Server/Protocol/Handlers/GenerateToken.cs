using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Journal;
using ProSanteConnect.Core.Security;
using ProSanteConnect.Core.SingleSignOn;
using ProSanteConnect.Server.Protocol.OpenIddict;
using ProSanteConnect.Server.Protocol.Tokens;
using ProSanteConnect.Server.Protocol.UserInfo;
using ProSanteConnect.Server.Shared.Clients;
using ProSanteConnect.Server.Shared.Http;
using ProSanteConnect.Server.Shared.Telemetry;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace ProSanteConnect.Server.Protocol.Handlers;

/// <summary>Writes each code and token that the engine decided to give, in our formats instead of its own.</summary>
internal sealed class GenerateToken(TokenWriter writer, CodeIssuer codes, PractitionerClaims claims, ClientDirectory clients, PscDb db)
    : IOpenIddictServerHandler<GenerateTokenContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<GenerateTokenContext>()
            .UseScopedHandler<GenerateToken>()
            .SetOrder(OpenIddictServerHandlers.Protection.GenerateIdentityModelToken.Descriptor.Order)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public async ValueTask HandleAsync(GenerateTokenContext context)
    {
        var http = context.Transaction.Http;
        context.Token = context.TokenType switch
        {
            TokenTypeIdentifiers.Private.AuthorizationCode => await codes.IssueAsync(context, http),
            TokenTypeIdentifiers.AccessToken => WriteAccessToken(context),
            TokenTypeIdentifiers.IdentityToken => await WriteIdTokenAsync(context, http.RequestAborted),
            TokenTypeIdentifiers.RefreshToken => WriteRefreshToken(context),
            var other => throw new InvalidOperationException($"No token of type {other} is ever issued here."),
        };
    }

    private string WriteAccessToken(GenerateTokenContext context)
    {
        var (token, expiresAt) = writer.WriteAccessToken(SubjectOf(context));
        context.Transaction.AccessTokenExpiresAt = expiresAt;
        return token;
    }

    private async Task<string> WriteIdTokenAsync(GenerateTokenContext context, CancellationToken ct)
    {
        var subject = SubjectOf(context);
        var name = await claims.NameAsync(db, subject.Grant!, ct);
        var accessTokenHash = context.Principal!.GetClaim(Claims.AccessTokenHash);
        return writer.WriteIdToken(subject, name.GivenName, name.FamilyName, accessTokenHash);
    }

    private string WriteRefreshToken(GenerateTokenContext context)
    {
        // RFC 6749, 6: whatever the answer was narrowed to, its refresh token stands for all that was granted.
        var subject = SubjectOf(context) with { Scope = context.Transaction.Grant!.Grant.Scope };
        var generation = subject.Grant!.Grant.Generation;
        // The UPDATE has counted one on since the grant was read.
        if (context.Transaction.Token is not null && clients.Find(subject.ClientId)!.RotatesStrictly) generation++;

        var (token, expiresAt) = writer.WriteRefreshToken(subject, generation);
        context.Transaction.RefreshTokenExpiresAt = expiresAt;
        return token;
    }

    private static TokenSubject SubjectOf(GenerateTokenContext context) => new(
        context.Transaction.Options.Issuer!.OriginalString,
        context.ClientId!,
        ScopeOf(context),
        context.Transaction.Grant);

    /// <summary>The scopes of this very answer, which a refresh may narrow; the ID token's principal carries none.</summary>
    private static string ScopeOf(GenerateTokenContext context) =>
        context.Principal!.GetScopes() is { Length: > 0 } scopes
            ? string.Join(' ', scopes.AsEnumerable())
            : context.Transaction.Grant?.Grant.Scope ?? "";
}

/// <summary>Opens the grant of a sign-in; its code is 256 random bits, of which the hash is kept.</summary>
internal sealed class CodeIssuer(Grants grants, IOptions<ProtocolOptions> options, TimeProvider clock)
{
    public async Task<string> IssueAsync(GenerateTokenContext context, HttpContext http)
    {
        var (session, level) = context.Transaction.Authentication!;
        var now = clock.GetUtcNow();
        var code = SecretToken.Generate();
        var grant = new Grant
        {
            Id = Guid.NewGuid(),
            SessionId = session.Id,
            ClientId = context.ClientId!,
            Scope = string.Join(' ', context.Principal!.GetScopes().AsEnumerable()),
            Nonce = context.Principal!.GetClaim(Claims.Private.Nonce),
            RedirectUri = context.Principal!.GetClaim(Claims.Private.RedirectUri)!,
            CodeChallenge = context.Principal!.GetClaim(Claims.Private.CodeChallenge),
            CodeChallengeMethod = context.Principal!.GetClaim(Claims.Private.CodeChallengeMethod),
            Acr = level.AcrFor(session.AuthMode),
            AuthLevel = level.Number,
            CodeHash = code.Hash,
            CodeExpiresAt = now + options.Value.CodeLifetime,
            CreatedAt = now,
            ExpiresAt = session.ExpiresAt,
        };
        var entry = new JournalEntry
        {
            At = now,
            Event = JournalEvent.CodeIssued,
            Outcome = JournalOutcome.Success,
            PractitionerId = session.PractitionerId,
            ClientId = grant.ClientId,
            SessionId = session.Id,
            IpAddress = http.ClientAddress(),
            Browser = session.Browser,
        };
        await grants.AddAsync(grant, entry, http.RequestAborted);
        return code.Value;
    }
}

/// <summary>
/// Gives a refresh token with each sign-in of a client that may use it, without <c>offline_access</c>: so does PSC's engine.
/// </summary>
internal sealed class EvaluateIssuedTokens(ClientDirectory clients) : IOpenIddictServerHandler<ProcessSignInContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ProcessSignInContext>()
            .UseSingletonHandler<EvaluateIssuedTokens>()
            .SetOrder(OpenIddictServerHandlers.EvaluateGeneratedTokens.Descriptor.Order + 500)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public ValueTask HandleAsync(ProcessSignInContext context)
    {
        if (context.EndpointType != OpenIddictServerEndpointType.Token) return ValueTask.CompletedTask;

        var refreshes = context.Transaction.Grant is not null
            && clients.Find(context.ClientId)?.GrantTypes.Contains(GrantTypes.RefreshToken) == true;
        context.GenerateRefreshToken = context.IncludeRefreshToken = refreshes;
        if (context.Transaction.Grant is null) context.GenerateIdentityToken = context.IncludeIdentityToken = false;
        return ValueTask.CompletedTask;
    }
}

/// <summary>Adds the members that Keycloak's clients read without a guard (psc-protocol §4.4, §3.3).</summary>
internal sealed class AttachTokenMembers(PscMetrics metrics, TimeProvider clock) : IOpenIddictServerHandler<ProcessSignInContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ProcessSignInContext>()
            .UseSingletonHandler<AttachTokenMembers>()
            .SetOrder(OpenIddictServerHandlers.AttachSignInParameters.Descriptor.Order + 500)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public ValueTask HandleAsync(ProcessSignInContext context)
    {
        if (context.EndpointType == OpenIddictServerEndpointType.Authorization)
        {
            context.Response[ClaimNames.SessionState] = context.Transaction.Authentication!.Session.Id.ToString();
            return ValueTask.CompletedTask;
        }

        metrics.TokensIssued(context.Request.GrantType!);
        // OpenIddict states the configured lifetime, but these tokens end with their session at the latest.
        context.Response.ExpiresIn = SecondsUntil(context.Transaction.AccessTokenExpiresAt);
        context.Response[ClaimNames.RefreshExpiresIn] = SecondsUntil(context.Transaction.RefreshTokenExpiresAt);
        context.Response[ClaimNames.NotBeforePolicy] = 0;
        if (context.Transaction.Grant is { } live) context.Response[ClaimNames.SessionState] = live.Grant.SessionId.ToString();
        context.Response.Scope = string.Join(' ', context.Principal!.GetScopes().AsEnumerable());
        return ValueTask.CompletedTask;
    }

    // Round, so that signing time does not cost a second.
    private long SecondsUntil(DateTimeOffset? end) => end is { } at ? (long)Math.Round((at - clock.GetUtcNow()).TotalSeconds) : 0;
}
