using Microsoft.AspNetCore.WebUtilities;
using ProSanteConnect.Core.SignIn;
using ProSanteConnect.Server.Shared.Clients;
using ProSanteConnect.Server.Shared.SecurityHeaders;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace ProSanteConnect.Server.SignIn;

/// <summary>The relying party that a sign-in is for, in the eyes of its pages.</summary>
internal sealed class RequestingClient(IHttpContextAccessor accessor, ClientDirectory clients)
{
    /// <summary>Its name, or null for the portal itself.</summary>
    public string? NameFor(SignInRequest request) => clients.Find(request.ClientId)?.Name ?? request.ClientId;

    /// <summary>Browsers hold form-action against every redirect that follows a form, and ours end at the relying party.</summary>
    public void AllowForms(SignInRequest request)
    {
        if (request.ClientId is null) return;

        var address = QueryHelpers.ParseQuery(request.Continuation).TryGetValue(Parameters.RedirectUri, out var sent)
            ? sent.ToString()
            : clients.Find(request.ClientId)?.RedirectUris is [var only] ? only : null;
        if (Uri.TryCreate(address, UriKind.Absolute, out var uri)) accessor.HttpContext!.AllowFormTo(uri);
    }
}
