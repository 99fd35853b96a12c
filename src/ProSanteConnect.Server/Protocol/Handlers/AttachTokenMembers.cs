using OpenIddict.Abstractions;
using OpenIddict.Server;
using ProSanteConnect.Server.Protocol.OpenIddict;
using ProSanteConnect.Server.Shared.Telemetry;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace ProSanteConnect.Server.Protocol.Handlers;

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
