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

/// <summary>Asks for confirmation before it ends the session, so that a foreign link signs nobody out (security-checklist T13).</summary>
internal sealed class SignOutModel(
    BrowserSession browser, Sessions sessions, SignOutContinuation continuation, TimeProvider clock) : PageModel
{
    public const string Path = "/deconnexion";

    /// <summary>The validated <c>post_logout_redirect_uri</c> of the relying party, protected by the end-session endpoint; null without one.</summary>
    [BindProperty(Name = "suite", SupportsGet = true)]
    public string? Continuation { get; set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (await browser.GetAsync(ct) is null) return this.SeeOther(SignedOutModel.UrlWith(Continuation));

        if (continuation.Unprotect(Continuation) is { } next) HttpContext.AllowFormTo(new Uri(next));
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (await browser.GetAsync(ct) is { } session)
            await sessions.EndAsync(session.Id, SessionEndReason.SignedOut, HttpContext.ClientContext(), clock.GetUtcNow(), ct);

        browser.Forget();
        return this.SeeOther(continuation.Unprotect(Continuation) ?? SignedOutModel.Path);
    }
}

/// <summary>
/// Carries the validated <c>post_logout_redirect_uri</c> through the confirmation page. Protected, so that the page redirects to registered
/// addresses only (security-checklist T12).
/// </summary>
internal sealed class SignOutContinuation(IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector("sign-out-continuation");

    public string Protect(string postLogoutRedirectUri, string? state) => _protector.Protect(
        state is null ? postLogoutRedirectUri : QueryHelpers.AddQueryString(postLogoutRedirectUri, "state", state));

    /// <summary>The URL to redirect to; null when there is none or it was not protected here.</summary>
    public string? Unprotect(string? protectedUrl)
    {
        if (string.IsNullOrEmpty(protectedUrl)) return null;

        try
        {
            return _protector.Unprotect(protectedUrl);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
