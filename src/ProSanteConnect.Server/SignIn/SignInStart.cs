using Microsoft.Extensions.Options;
using ProSanteConnect.Core.SignIn;

namespace ProSanteConnect.Server.SignIn;

/// <summary>Opens a sign-in for the browser that makes this request.</summary>
internal sealed class SignInStart(
    IHttpContextAccessor accessor, SignInRequests requests, IOptions<SignInOptions> options, TimeProvider clock)
{
    /// <summary>The same, with the page opened on one of its tabs.</summary>
    public async Task<string> OpenAsync(string? clientId, string continuation, SignInMeans means, CancellationToken ct) =>
        $"{await OpenAsync(clientId, continuation, ct)}&moyen={means.Slug()}";

    /// <summary>Opens the request and says where its page is. Without a client it is the portal that asks, and the continuation is a path of it.</summary>
    public async Task<string> OpenAsync(string? clientId, string continuation, CancellationToken ct)
    {
        var secret = accessor.HttpContext!.EnsureSignInSecret();
        var request = await requests.OpenAsync(clientId, continuation, secret, clock.GetUtcNow(), options.Value, ct);
        return PageOf(request.Id);
    }

    public static string PageOf(Guid demande) => $"/connexion?demande={demande}";

    /// <summary>The page, opened on one of its tabs.</summary>
    public static string PageOf(Guid demande, SignInMeans means) => $"{PageOf(demande)}&moyen={means.Slug()}";
}
