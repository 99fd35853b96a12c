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

/// <summary>
/// The page "Connectez-vous": the relying party, and one tab for each way to authenticate. The tab of the card links to the card
/// listener (<see cref="CardEndpoint"/>); the tab of the e-CPS starts an approval (<see cref="StartApproval"/>). Works without scripts.
/// </summary>
internal sealed class SignInModel(
    PendingSignIn pending,
    SignInCancellation cancellation,
    SignInStart start,
    RequestingClient client,
    CardListenerUrl cardListener,
    StartApproval approvals,
    IdentifierCookie identifierCookie,
    LastTab lastTab,
    IOptions<SignInPageOptions> options) : PageModel
{
    /// <summary>The name of the relying party; null for the portal.</summary>
    public string? Application { get; private set; }

    /// <summary>The tabs, the selected means first (<see cref="LastTab"/>); one when the requested level demands one means.</summary>
    public IReadOnlyList<AuthMode> Tabs { get; private set; } = [];

    public AuthMode SelectedTab { get; private set; }

    public SignInRequest SignInRequest { get; private set; } = null!;

    public string CardUrl => cardListener.UrlFor(SignInRequest);

    public IEnumerable<string> CardPartials => options.Value.CardPartials;

    /// <summary>The value of the identifier field.</summary>
    public string Identifier { get; private set; } = "";

    /// <summary>Whether the submitted identifier has no known format.</summary>
    public bool IsMalformed { get; private set; }

    public bool Remember { get; private set; }

    public string UrlOf(AuthMode tab) => SignInStart.PageOf(SignInRequest.Id, tab);

    public async Task<IActionResult> OnGetAsync(
        [FromQuery(Name = "demande")] Guid? signInRequestId, [FromQuery(Name = "moyen")] string? tab, CancellationToken ct)
    {
        if (signInRequestId is null) return this.SeeOther(await start.OpenAsync(null, "/mon-compte", required: null, ct));
        if (await pending.FindAsync(signInRequestId.Value, ct) is not { } request) return this.Expired();

        // The back button after the end of the sign-in: the relying party receives its response again.
        if (request.IsOver) return this.SeeOther(SignInContinuation.NextOf(request));

        Identifier = (identifierCookie.For(request.Id) ?? identifierCookie.Remembered)?.Value ?? "";
        Remember = identifierCookie.Remembered is not null;
        return Show(request, AuthModeSlugs.Parse(tab));
    }

    public async Task<IActionResult> OnPostECpsAsync(
        [FromQuery(Name = "demande")] Guid signInRequestId, [FromForm(Name = "identifiant")] string? identifier,
        [FromForm(Name = "memoire")] bool remember, CancellationToken ct)
    {
        if (await pending.FindAsync(signInRequestId, ct) is not { } request) return this.Expired();
        if (request.IsOver) return this.SeeOther(SignInContinuation.NextOf(request));
        if (request.RequiredAuthMode == AuthMode.Card) return this.SeeOther(SignInStart.PageOf(request.Id));

        if (!NationalId.TryParseTyped(identifier, out var claimedHolder))
        {
            (Identifier, IsMalformed, Remember) = (identifier ?? "", true, remember);
            return Show(request, AuthMode.Mobile);
        }

        identifierCookie.Keep(request, claimedHolder, remember);
        lastTab.Keep(AuthMode.Mobile);
        await approvals.StartAsync(request, claimedHolder, ct);
        return this.SeeOther(WaitingModel.UrlFor(signInRequestId));
    }

    [HandlerName("Annuler")]
    public async Task<IActionResult> OnPostCancelAsync([FromQuery(Name = "demande")] Guid signInRequestId, CancellationToken ct) =>
        await pending.FindAsync(signInRequestId, ct) is { } request ? this.SeeOther(await cancellation.CancelAsync(request, ct)) : this.Expired();

    private PageResult Show(SignInRequest request, AuthMode? chosenTab)
    {
        SignInRequest = request;
        Application = client.NameFor(request);
        client.AllowForms(request);
        SelectTab(request, chosenTab);
        return Page();
    }

    private void SelectTab(SignInRequest request, AuthMode? chosen)
    {
        if (SignInRequest.RequiredAuthMode is { } required)
        {
            (SelectedTab, Tabs) = (required, [required]);
            return;
        }

        if (chosen is { } tab) lastTab.Keep(tab);

        var first = lastTab.First(request.ClientId is { } client && options.Value.ECpsClients.Contains(client), identifierCookie.Remembered is not null);
        SelectedTab = chosen ?? first;
        Tabs = [first, first == AuthMode.Card ? AuthMode.Mobile : AuthMode.Card];
    }
}

/// <summary>Extensions of the sign-in page by another host; set by code, never by configuration.</summary>
internal sealed class SignInPageOptions
{
    /// <summary>Partial views of the tab "Carte CPS". The model of each is the sign-in request.</summary>
    public IList<string> CardPartials { get; } = [];

    /// <summary>The relying parties that are signed in to with the e-CPS, because they exist to test it.</summary>
    public ISet<string> ECpsClients { get; } = new HashSet<string>(StringComparer.Ordinal);
}

/// <summary>The values of <see cref="AuthMode"/> in URLs and cookies.</summary>
internal static class AuthModeSlugs
{
    public static string Slug(this AuthMode authMode) => authMode == AuthMode.Card ? "carte" : "e-cps";

    public static AuthMode? Parse(string? slug) => slug switch
    {
        "carte" => AuthMode.Card,
        "e-cps" => AuthMode.Mobile,
        _ => null,
    };
}
