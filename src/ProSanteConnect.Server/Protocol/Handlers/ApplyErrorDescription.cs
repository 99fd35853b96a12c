using OpenIddict.Abstractions;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using ProSanteConnect.Server.Protocol.OpenIddict;
using ProSanteConnect.Server.Shared.Clients;
using static OpenIddict.Abstractions.OpenIddictConstants;
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

/// <summary>
/// Answers <c>invalid_client</c> whenever a client did not authenticate (RFC 6749, section 5.2), where OpenIddict answers <c>invalid_request</c> for
/// missing or unreadable credentials.
/// </summary>
internal sealed class ApplyInvalidClientError<TContext>(ClientDirectory clients) : IOpenIddictServerHandler<TContext>
    where TContext : BaseRequestContext
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<TContext>()
            .UseSingletonHandler<ApplyInvalidClientError<TContext>>()
            .SetOrder(ApplyErrorDescription<TContext>.Descriptor.Order - 500)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public ValueTask HandleAsync(TContext context)
    {
        if (context.Transaction is { Response: { Error: Errors.InvalidRequest } response, Request: { } request } && !IsAuthenticated(request, context.Transaction.Http))
            response.Error = Errors.InvalidClient;
        return ValueTask.CompletedTask;
    }

    // Whether the credentials are right has been checked when they are complete.
    private bool IsAuthenticated(OpenIddictRequest request, HttpContext http)
    {
        if (http.Request.Headers.Authorization.Count > 0) return ResolveRepeatedCredentials.Credentials(http.Request) is { ClientId.Length: > 0, Secret.Length: > 0 };
        if (string.IsNullOrEmpty(request.ClientId)) return false;

        return clients.Find(request.ClientId) is not { IsPublic: false } || !string.IsNullOrEmpty(request.ClientSecret) || !string.IsNullOrEmpty(request.ClientAssertion);
    }
}
