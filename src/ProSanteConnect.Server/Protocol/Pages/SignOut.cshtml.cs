using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ProSanteConnect.Core.SignIn;
using ProSanteConnect.Server.Shared;
using ProSanteConnect.Server.SignIn;

namespace ProSanteConnect.Server.Protocol.Pages;

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
            await sessions.EndAsync(session.Id, SessionEndReason.SignedOut, HttpContext.Origin(), clock.GetUtcNow(), ct);

        browser.Forget();
        return this.SeeOther(continuation.Unprotect(Suite) ?? SignedOutModel.Path);
    }
}
