using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace ProSanteConnect.Server.Protocol.Handlers;

/// <summary>
/// Sees that every error says what was wrong (psc-protocol §1, 11) and points at nobody's documentation but ours.
/// </summary>
internal sealed class ApplyErrorDescription<TContext> : IOpenIddictServerHandler<TContext>
    where TContext : BaseRequestContext
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<TContext>()
            .UseSingletonHandler<ApplyErrorDescription<TContext>>()
            .SetOrder(OpenIddictServerAspNetCoreHandlers.AttachHttpResponseCode<TContext>.Descriptor.Order - 1_000)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public ValueTask HandleAsync(TContext context)
    {
        var response = context.Transaction.Response;
        if (string.IsNullOrEmpty(response?.Error)) return ValueTask.CompletedTask;

        response.ErrorUri = null;
        response.ErrorDescription = Clean(response.ErrorDescription ?? "The request was refused.");
        return ValueTask.CompletedTask;
    }

    /// <summary>Only what RFC 6749, 5.2 lets an error_description have: a caller's own words may be quoted in it.</summary>
    private static string Clean(string description) =>
        string.Create(description.Length, description, static (clean, text) =>
        {
            for (var at = 0; at < clean.Length; at++) clean[at] = text[at] is >= ' ' and <= '~' and not '"' and not '\\' ? text[at] : '?';
        });
}
