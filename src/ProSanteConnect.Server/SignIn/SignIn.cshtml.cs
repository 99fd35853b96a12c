using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Core.SignIn;
using ProSanteConnect.Core.SingleSignOn;
using ProSanteConnect.Server.Shared.Http;
using ProSanteConnect.Server.SignIn.Approval;
using ProSanteConnect.Server.SignIn.Card;

namespace ProSanteConnect.Server.SignIn;

/// <summary>"Connectez-vous": who asks, and the ways to prove who one is. Works without a script.</summary>
internal sealed class SignInModel(
    PendingSignIn pending,
    SignInCancellation cancellation,
    SignInStart start,
    RequestingClient application,
    CardListenerUrl cards,
    StartApproval phone,
    IdentifierCookie typed,
    IOptions<SignInPageOptions> options,
    TimeProvider clock) : PageModel
{
    private static readonly HostCookieBuilder MeansCookie = new() { Name = "__Host-psc-moyen", MaxAge = TimeSpan.FromDays(365) };

    /// <summary>The relying party's name, or null for the portal itself.</summary>
    public string? Application { get; private set; }

    /// <summary>The tabs, the last one used first.</summary>
    public IReadOnlyList<AuthMode> Tabs { get; private set; } = [];

    public AuthMode Means { get; private set; }

    public SignInRequest Pending { get; private set; } = null!;

    public string CardUrl => cards.UrlFor(Pending);

    public IEnumerable<string> CardPartials => options.Value.CardPartials;

    /// <summary>What stands in the field of the identifier.</summary>
    public string Identifier { get; private set; } = "";

    /// <summary>Whether what was typed is no identifier.</summary>
    public bool IsMalformed { get; private set; }

    public bool Remember { get; private set; }

    public string UrlOf(AuthMode means) => SignInStart.PageOf(Pending.Id, means);

    public async Task<IActionResult> OnGetAsync(Guid? demande, string? moyen, CancellationToken ct)
    {
        if (demande is null) return this.SeeOther(await start.OpenAsync(null, "/mon-compte", ct));
        if (await pending.FindAsync(demande.Value, ct) is not { } request) return this.Expired();

        // The back button, after it was over: whoever asked gets its answer again.
        if (request.IsOver) return this.SeeOther(SignInContinuation.NextOf(request));

        Identifier = (typed.For(request.Id) ?? typed.Remembered)?.Value ?? "";
        Remember = typed.Remembered is not null;
        return Show(request, AuthModeSlugs.Parse(moyen));
    }

    public async Task<IActionResult> OnPostECpsAsync(Guid demande, string? identifiant, bool memoire, CancellationToken ct)
    {
        if (await pending.FindAsync(demande, ct) is not { } request) return this.Expired();
        if (request.IsOver) return this.SeeOther(SignInContinuation.NextOf(request));

        if (!NationalId.TryParseTyped(identifiant, out var holder))
        {
            (Identifier, IsMalformed, Remember) = (identifiant ?? "", true, memoire);
            return Show(request, AuthMode.Mobile);
        }

        typed.Keep(request, holder, memoire);
        Prefer(AuthMode.Mobile);
        await phone.SendAsync(request, holder, ct);
        return this.SeeOther(WaitingModel.UrlFor(demande));
    }

    public async Task<IActionResult> OnPostAnnulerAsync(Guid demande, CancellationToken ct) =>
        await pending.FindAsync(demande, ct) is { } request ? this.SeeOther(await cancellation.CancelAsync(request, ct)) : this.Expired();

    private PageResult Show(SignInRequest request, AuthMode? chosen)
    {
        Pending = request;
        Application = application.NameFor(request);
        application.AllowForms(request);
        ChooseMeans(chosen);
        return Page();
    }

    private void ChooseMeans(AuthMode? chosen)
    {
        if (chosen is { } means) Prefer(means);

        // Three sign-ins of four are by card (security-checklist §0, 11).
        var last = AuthModeSlugs.Parse(Request.Cookies[MeansCookie.Name!]) ?? AuthMode.Card;
        Means = chosen ?? last;
        Tabs = [last, last == AuthMode.Card ? AuthMode.Mobile : AuthMode.Card];
    }

    private void Prefer(AuthMode means) =>
        Response.Cookies.Append(MeansCookie.Name!, means.Slug(), MeansCookie.Build(HttpContext, clock.GetUtcNow()));
}

/// <summary>What another host may add to the sign-in page; set by code, never by configuration.</summary>
internal sealed class SignInPageOptions
{
    /// <summary>Partial views that stand in the tab "Carte CPS", each with the sign-in request as its model.</summary>
    public IList<string> CardPartials { get; } = [];
}

internal static class AuthModeSlugs
{
    /// <summary>As addresses and the cookie spell it.</summary>
    public static string Slug(this AuthMode means) => means == AuthMode.Card ? "carte" : "e-cps";

    public static AuthMode? Parse(string? slug) => slug switch
    {
        "carte" => AuthMode.Card,
        "e-cps" => AuthMode.Mobile,
        _ => null,
    };
}
