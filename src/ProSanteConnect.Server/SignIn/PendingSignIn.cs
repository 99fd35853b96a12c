using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using ProSanteConnect.Core.SignIn;
using ProSanteConnect.Core.SingleSignOn;
using ProSanteConnect.Server.Shared.Clients;
using ProSanteConnect.Server.Shared.Http;
using ProSanteConnect.Server.Shared.SecurityHeaders;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace ProSanteConnect.Server.SignIn;

/// <summary>Finds the sign-in requests that the current browser began.</summary>
internal sealed class PendingSignIn(IHttpContextAccessor accessor, SignInRequests requests, TimeProvider clock)
{
    private SignInRequest? _found;

    /// <summary>
    /// The sign-in request, or null when it has expired or another browser began it. Reads the database once for each HTTP request.
    /// </summary>
    public async Task<SignInRequest?> FindAsync(Guid id, CancellationToken ct) => _found?.Id == id
        ? _found
        : _found = await requests.FindAsync(id, accessor.HttpContext!.SignInSecret, clock.GetUtcNow(), ct);
}

/// <summary>Opens a sign-in request for the current browser.</summary>
internal sealed class SignInStart(
    IHttpContextAccessor accessor, SignInRequests requests, IOptions<SignInOptions> options, TimeProvider clock)
{
    /// <summary>Opens a sign-in request and returns the URL of its page, with one of the tabs selected.</summary>
    public async Task<string> OpenOnTabAsync(string? clientId, string continuation, AuthMode tab, CancellationToken ct) =>
        $"{await OpenAsync(clientId, continuation, required: null, ct)}&moyen={tab.Slug()}";

    /// <summary>Opens a sign-in request and returns the URL of its page.</summary>
    /// <param name="clientId">The relying party; null for the portal.</param>
    /// <param name="continuation">The query of the authorization request; for the portal, the path to continue at.</param>
    /// <param name="required">The only means that is offered; null for all.</param>
    /// <param name="ct">Cancels the write.</param>
    public async Task<string> OpenAsync(string? clientId, string continuation, AuthMode? required, CancellationToken ct)
    {
        var secret = accessor.HttpContext!.EnsureSignInSecret();
        var request = await requests.OpenAsync(clientId, continuation, required, secret, clock.GetUtcNow(), options.Value, ct);
        return PageOf(request.Id);
    }

    /// <summary>The URL of the sign-in page.</summary>
    public static string PageOf(Guid signInRequestId) => $"/connexion?demande={signInRequestId}";

    /// <summary>The URL of the sign-in page with one of its tabs selected.</summary>
    public static string PageOf(Guid signInRequestId, AuthMode tab) => $"{PageOf(signInRequestId)}&moyen={tab.Slug()}";
}

/// <summary>Cancels the sign-in requests and approval requests of the current browser.</summary>
internal sealed class SignInCancellation(
    IHttpContextAccessor accessor, SignInRequests requests, ApprovalRequests approvals, TimeProvider clock)
{
    /// <summary>Cancels the approval requests of a sign-in. The sign-in stays open for the card.</summary>
    public Task WithdrawAsync(SignInRequest signIn, CancellationToken ct) =>
        approvals.CancelAsync(signIn, accessor.HttpContext!.ClientContext(), clock.GetUtcNow(), ct);

    /// <summary>Cancels a sign-in with its approval requests, and returns the URL to redirect the browser to.</summary>
    public async Task<string> CancelAsync(SignInRequest signIn, CancellationToken ct)
    {
        await WithdrawAsync(signIn, ct);
        await requests.CancelAsync(signIn, accessor.HttpContext!.ClientContext(), clock.GetUtcNow(), ct);
        return signIn.ClientId is null ? "/" : SignInContinuation.NextOf(signIn);
    }
}

/// <summary>The relying party of a sign-in request, for the pages of the sign-in.</summary>
internal sealed class RequestingClient(IHttpContextAccessor accessor, ClientDirectory clients)
{
    /// <summary>The name of the relying party; null for the portal.</summary>
    public string? NameFor(SignInRequest request) => clients.Find(request.ClientId)?.Name ?? request.ClientId;

    /// <summary>
    /// Adds the redirect URI to <c>form-action</c> of the page: browsers apply that directive to every redirect that follows a form,
    /// and the forms of the sign-in end at the relying party.
    /// </summary>
    public void AllowForms(SignInRequest request)
    {
        if (request.ClientId is null) return;

        var address = QueryHelpers.ParseQuery(request.Continuation).TryGetValue(Parameters.RedirectUri, out var sent)
            ? sent.ToString()
            : clients.Find(request.ClientId)?.RedirectUris is [var only] ? only : null;
        if (Uri.TryCreate(address, UriKind.Absolute, out var uri)) accessor.HttpContext!.AllowFormTo(uri);
    }
}
