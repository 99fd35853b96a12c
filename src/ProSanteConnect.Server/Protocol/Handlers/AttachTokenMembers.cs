using OpenIddict.Abstractions;
using OpenIddict.Server;
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
        var expiresIn = context.Transaction.RefreshTokenExpiresAt is { } at ? (long)(at - clock.GetUtcNow()).TotalSeconds : 0;
        context.Response[ClaimNames.RefreshExpiresIn] = expiresIn;
        context.Response[ClaimNames.NotBeforePolicy] = 0;
        if (context.Transaction.Grant is { } live)
        {
            context.Response[ClaimNames.SessionState] = live.Grant.SessionId.ToString();
            context.Response.Scope ??= live.Grant.Scope;
        }
        else
        {
            context.Response.Scope ??= string.Join(' ', context.Request.GetScopes().AsEnumerable());
        }

        return ValueTask.CompletedTask;
    }
}
