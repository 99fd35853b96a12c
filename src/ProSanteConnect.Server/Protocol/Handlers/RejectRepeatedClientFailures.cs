using OpenIddict.Server;
using ProSanteConnect.Core.Journal;
using ProSanteConnect.Server.Protocol.OpenIddict;
using ProSanteConnect.Server.Shared.Clients;
using ProSanteConnect.Server.Shared.Http;
using ProSanteConnect.Server.Shared.RateLimits;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace ProSanteConnect.Server.Protocol.Handlers;

/// <summary>
/// Counts the refused authentications of clients and slows them down (security-checklist §5). A right secret is never
/// refused for the wrong ones of somebody else: that would disable the client.
/// </summary>
internal sealed class RejectRepeatedClientFailures<TContext>(
    RateLimiter limiter, Limits limits, RateLimitRefusal refusal, JournalWriter journal, ClientDirectory clients, TimeProvider clock)
    : IOpenIddictServerHandler<TContext>
    where TContext : BaseRequestContext
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<TContext>()
            .UseSingletonHandler<RejectRepeatedClientFailures<TContext>>()
            .SetOrder(ApplyErrorDescription<TContext>.Descriptor.Order + 500)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public async ValueTask HandleAsync(TContext context)
    {
        if (context.Transaction.Response?.Error != Errors.InvalidClient) return;

        var http = context.Transaction.Http;
        var client = http.ClientContext();
        var clientId = clients.Find(context.Transaction.Request?.ClientId)?.ClientId;
        var ofClient = await limiter.CountAsync(limits.ClientFailures, $"{clientId}\n{client.IpAddress}", http.RequestAborted);
        var ofAddress = await limiter.CountAddressAsync(limits.ClientFailuresOfAddress, client.IpAddress, http.RequestAborted);
        if ((ofClient as RateLimitResult.Exceeded ?? ofAddress as RateLimitResult.Exceeded) is { } exceeded)
        {
            await refusal.AnswerAsync(http, exceeded, clientId);
            context.HandleRequest();
            return;
        }

        var entry = new JournalEntry
        {
            At = clock.GetUtcNow(),
            Event = JournalEvent.ClientAuthenticationFailed,
            Outcome = JournalOutcome.Refused,
            ClientId = clientId,
            IpAddress = client.IpAddress,
        };
        await journal.WriteAsync(entry, http.RequestAborted);
    }
}
