using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;
using ProSanteConnect.Core.SingleSignOn;
using ProSanteConnect.Server.Shared.Http;
using ProSanteConnect.Server.Shared.SecurityHeaders;
using ProSanteConnect.Server.SignIn;

namespace ProSanteConnect.Server.Account.SignOut;

/// <summary>Asks before it ends the session: a link of a stranger must sign nobody out (security-checklist T13).</summary>
internal sealed class SignOutModel(
    BrowserSession browser, Sessions sessions, SignOutContinuation continuation, TimeProvider clock) : PageModel
{
    public const string Path = "/deconnexion";

    /// <summary>Where a relying party wants the browser back, sealed by the endpoint that checked it.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Suite { get; set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (await browser.GetAsync(ct) is null) return this.SeeOther(SignedOutModel.UrlWith(Suite));

        if (continuation.Unprotect(Suite) is { } next) HttpContext.AllowFormTo(new Uri(next));
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (await browser.GetAsync(ct) is { } session)
            await sessions.EndAsync(session.Id, SessionEndReason.SignedOut, HttpContext.ClientContext(), clock.GetUtcNow(), ct);

        browser.Forget();
        return this.SeeOther(continuation.Unprotect(Suite) ?? SignedOutModel.Path);
    }
}

/// <summary>
/// Carries the checked address of a relying party through the question whether to sign out: sealed, so that the page sends
/// nobody anywhere that was not registered (security-checklist T12).
/// </summary>
internal sealed class SignOutContinuation(IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector("sign-out-continuation");

    public string Protect(string postLogoutRedirectUri, string? state) => _protector.Protect(
        state is null ? postLogoutRedirectUri : QueryHelpers.AddQueryString(postLogoutRedirectUri, "state", state));

    /// <summary>The address to go on to, or null when there is none or somebody made it up.</summary>
    public string? Unprotect(string? suite)
    {
        if (string.IsNullOrEmpty(suite)) return null;

        try
        {
            return _protector.Unprotect(suite);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
