using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace ProSanteConnect.Server.Protocol.Handlers;

/// <summary>
/// Refuses a request that repeats a parameter (RFC 6749, 3.1 and 3.2; security-checklist T21). Two
/// parties that read different values of it would not agree on the request.
/// </summary>
internal sealed class RejectRepeatedParameters<TContext> : IOpenIddictServerHandler<TContext>
    where TContext : BaseValidatingContext
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<TContext>()
            .UseSingletonHandler<RejectRepeatedParameters<TContext>>()
            .SetOrder(OpenIddictServerAspNetCoreHandlers.ExtractPostRequest<TContext>.Descriptor.Order + 100)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public ValueTask HandleAsync(TContext context)
    {
        var repeated = context.Transaction.Request?.GetParameters().FirstOrDefault(parameter => parameter.Value.Count > 1).Key;
        if (repeated is not null)
            context.Reject(Errors.InvalidRequest, $"The parameter '{repeated}' must not be repeated.");
        return ValueTask.CompletedTask;
    }
}
