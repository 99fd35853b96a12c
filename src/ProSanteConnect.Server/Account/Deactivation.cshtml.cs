using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Devices;
using ProSanteConnect.Core.SingleSignOn;
using ProSanteConnect.Server.Shared.Http;
using ProSanteConnect.Server.SignIn;

namespace ProSanteConnect.Server.Account;

/// <summary>
/// The page "Désactiver votre e-CPS ?" (S3). Needs a recent authentication, because a deactivation cannot be undone
/// (security-checklist T9 and §5, "Portal sensitive action").
/// </summary>
internal sealed class DeactivationModel(
    BrowserSession browser, SignInStart start, PscDb db, ECpsDeactivation deactivation, IOptions<SignInOptions> options, TimeProvider clock) : PageModel
{
    public const string Path = "/mon-compte/desactivation";

    private const string BackToECps = $"{MyAccountModel.Path}#e-cps";

    public ECps ECps { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (await FreshSessionAsync(ct) is not { } session) return await SignInAgainAsync(ct);
        if (await db.ECps.FindLatestAsync(session.PractitionerId, ct) is not { } eCps || !eCps.IsActiveAt(clock.GetUtcNow()))
            return this.SeeOther(BackToECps);

        ECps = eCps;
        return Page();
    }

    /// <summary>Deactivates the e-CPS that the page showed, never another that was activated meanwhile.</summary>
    /// <param name="eCps">The identifier of the e-CPS, from the form.</param>
    /// <param name="ct">Cancels the write.</param>
    public async Task<IActionResult> OnPostAsync(Guid eCps, CancellationToken ct)
    {
        if (await FreshSessionAsync(ct) is not { } session) return await SignInAgainAsync(ct);
        if (await db.ECps.ReadAsync(eCps, ct) is not { } own || own.PractitionerId != session.PractitionerId) return this.SeeOther(BackToECps);

        await deactivation.DeactivateAsync(own.Id, DeactivationReason.Deactivated, HttpContext.ClientContext(), actor: null, clock.GetUtcNow(), ct);
        if (session.ECpsId != own.Id) return this.SeeOther($"{MyAccountModel.Path}?desactivee=true#e-cps");

        // The deactivation has ended the session that this e-CPS opened.
        browser.Forget();
        return this.SeeOther(DeactivatedModel.Path);
    }

    private async Task<Session?> FreshSessionAsync(CancellationToken ct) =>
        await browser.GetAsync(ct) is { } session && session.IsFreshAt(clock.GetUtcNow(), options.Value.FreshAuthentication) ? session : null;

    private async Task<IActionResult> SignInAgainAsync(CancellationToken ct) => this.SeeOther(await start.OpenAsync(null, Path, required: null, ct));
}
