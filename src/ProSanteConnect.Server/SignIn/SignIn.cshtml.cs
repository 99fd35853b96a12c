using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using ProSanteConnect.Core.SignIn;
using ProSanteConnect.Server.Protocol.Engine;
using ProSanteConnect.Server.Shared;
using ProSanteConnect.Server.SignIn.Card;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace ProSanteConnect.Server.SignIn;

/// <summary>"Connectez-vous": who asks, and the ways to prove who one is. Works without a script.</summary>
internal sealed class SignInModel(
    PendingSignIn pending,
    SignInRequests requests,
    SignInStart start,
    ClientDirectory clients,
    CardDoor cards,
    IOptions<SignInPageOptions> options,
    TimeProvider clock) : PageModel
{
    private static readonly HostCookieBuilder MeansCookie = new() { Name = "__Host-psc-moyen", MaxAge = TimeSpan.FromDays(365) };

    /// <summary>The relying party's name, or null for the portal itself.</summary>
    public string? Application { get; private set; }

    /// <summary>The tabs, the last one used first.</summary>
    public IReadOnlyList<SignInMeans> Tabs { get; private set; } = [];

    public SignInMeans Means { get; private set; }

    public SignInRequest Pending { get; private set; } = null!;

    public string CardUrl => cards.UrlFor(Pending);

    public IEnumerable<string> CardPartials => options.Value.CardPartials;

    public string UrlOf(SignInMeans means) => $"{SignInStart.PageOf(Pending.Id)}&moyen={means.Slug()}";

    public async Task<IActionResult> OnGetAsync(Guid? demande, string? moyen, CancellationToken ct)
    {
        if (demande is null) return this.SeeOther(await start.OpenAsync(null, "/mon-compte", ct));
        if (await pending.FindAsync(demande.Value, ct) is not { } request) return this.Expired();

        // The back button, after it was over: whoever asked gets its answer again.
        if (request.Status is not (SignInStatus.Opened or SignInStatus.Approved)) return this.SeeOther(SignInContinuation.NextOf(request));

        Pending = request;
        Application = clients.Find(request.ClientId)?.Name ?? request.ClientId;
        ChooseMeans(SignInMeansNames.Parse(moyen));
        AllowFormsToApplication(request);
        return Page();
    }

    public async Task<IActionResult> OnPostAnnulerAsync(Guid demande, CancellationToken ct)
    {
        if (await pending.FindAsync(demande, ct) is not { } request) return this.Expired();

        await requests.CancelAsync(request, HttpContext.Origin(), clock.GetUtcNow(), ct);
        return this.SeeOther(request.ClientId is null ? "/" : SignInContinuation.NextOf(request));
    }

    private void ChooseMeans(SignInMeans? chosen)
    {
        if (chosen is { } means) Response.Cookies.Append(MeansCookie.Name!, means.Slug(), MeansCookie.Build(HttpContext, clock.GetUtcNow()));

        // Until the e-CPS can be activated, the card is what most people have.
        var last = SignInMeansNames.Parse(Request.Cookies[MeansCookie.Name!]) ?? SignInMeans.Card;
        Means = chosen ?? last;
        Tabs = [last, last == SignInMeans.Card ? SignInMeans.ECps : SignInMeans.Card];
    }

    // Browsers hold form-action against every redirect that follows a form, and ours end at the relying party.
    private void AllowFormsToApplication(SignInRequest request)
    {
        if (request.ClientId is null) return;

        var address = QueryHelpers.ParseQuery(request.Continuation).TryGetValue(Parameters.RedirectUri, out var sent)
            ? sent.ToString()
            : clients.Find(request.ClientId)?.RedirectUris is [var only] ? only : null;
        if (Uri.TryCreate(address, UriKind.Absolute, out var uri)) HttpContext.AllowFormTo(uri);
    }
}
