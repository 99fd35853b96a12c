using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace ProSanteConnect.Server.Protocol.Handlers;

/// <summary>
/// Gives every error a description (psc-protocol §1, 11), and removes links to OpenIddict's documentation.
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
