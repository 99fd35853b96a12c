using System.Net.Http.Headers;
using System.Text;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using ProSanteConnect.Server.Protocol.OpenIddict;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace ProSanteConnect.Server.Protocol.Handlers;

/// <summary>
/// Accepts a client that sends the same credentials in the header and in the body, as pmsipilot does (psc-protocol §1, 8).
/// Different ones are still refused (RFC 6749, 2.3), and so is a body that names another client than the header.
/// </summary>
internal sealed class ResolveRepeatedCredentials : IOpenIddictServerHandler<ExtractTokenRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ExtractTokenRequestContext>()
            .UseSingletonHandler<ResolveRepeatedCredentials>()
            .SetOrder(OpenIddictServerAspNetCoreHandlers.ExtractPostRequest<ExtractTokenRequestContext>.Descriptor.Order + 1)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public ValueTask HandleAsync(ExtractTokenRequestContext context)
    {
        if (context.Request is not { } request || Credentials(context.Transaction.Http.Request) is not { } basic)
            return ValueTask.CompletedTask;

        if (!string.IsNullOrEmpty(request.ClientId) && request.ClientId != basic.ClientId)
            context.Reject(Errors.InvalidClient, "The header and the body name different clients.");
        else if (request.ClientSecret == basic.Secret)
            request.ClientSecret = null;
        return ValueTask.CompletedTask;
    }

    /// <summary>The credentials of the header <c>Authorization</c> (RFC 6749, section 2.3.1); null without a readable one.</summary>
    internal static (string ClientId, string Secret)? Credentials(HttpRequest request)
    {
        if (!AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header)
            || !"Basic".Equals(header.Scheme, StringComparison.OrdinalIgnoreCase)
            || header.Parameter is null)
            return null;

        var bytes = new byte[header.Parameter.Length];
        if (!Convert.TryFromBase64String(header.Parameter, bytes, out var length)) return null;

        var text = Encoding.UTF8.GetString(bytes, 0, length);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? null : (Uri.UnescapeDataString(text[..colon]), Uri.UnescapeDataString(text[(colon + 1)..]));
    }
}
