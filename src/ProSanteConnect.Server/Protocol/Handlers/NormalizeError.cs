using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace ProSanteConnect.Server.Protocol.Handlers;

/// <summary>
/// Sees that every error says what was wrong (psc-protocol §1, 11) and points at nobody's documentation but ours.
/// </summary>
internal sealed class NormalizeError<TContext> : IOpenIddictServerHandler<TContext>
    where TContext : BaseRequestContext
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<TContext>()
            .UseSingletonHandler<NormalizeError<TContext>>()
            .SetOrder(int.MinValue + 1_000)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public ValueTask HandleAsync(TContext context)
    {
        var response = context.Transaction.Response;
        if (string.IsNullOrEmpty(response?.Error)) return ValueTask.CompletedTask;

        response.ErrorUri = null;
        response.ErrorDescription ??= "The request was refused.";
        return ValueTask.CompletedTask;
    }
}
