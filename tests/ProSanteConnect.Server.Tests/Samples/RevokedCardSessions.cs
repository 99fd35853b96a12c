using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProSanteConnect.Core.Cards.Revocation;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.SingleSignOn;
using ProSanteConnect.Sandbox.Pki;
using ProSanteConnect.Server.SignIn.Card;
using ProSanteConnect.Server.Tests.Pages;
using ProSanteConnect.Tools.Certs;

namespace ProSanteConnect.Server.Tests.Samples;

/// <summary>A card that is revoked after its sign-in, with the OCSP responder and the revocation lists of the sandbox (security-checklist T25).</summary>
[Trait("Requirement", "T25")]
public sealed class RevokedCardSessions(ImportedSandbox imported) : IClassFixture<ImportedSandbox>
{
    private readonly SandboxOverTls _sandbox = imported.Sandbox;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_session_of_a_revoked_card_answers_no_authorization_request()
    {
        using var browser = new SandboxBrowser(_sandbox);
        var card = await browser.SignInAsync("cps-811100000400");
        Assert.Contains("code=", (await browser.AuthorizeAsync()).ToString(), StringComparison.Ordinal);

        // OCSP responses are cached for minutes; the list that says otherwise is believed at once.
        Revoke(card);
        await _sandbox.Services.GetRequiredService<CrlStore>().RefreshAsync(TimeProvider.System.GetUtcNow(), Ct);

        Assert.Contains("/connexion?demande=", (await browser.AuthorizeAsync()).ToString(), StringComparison.Ordinal);
        Assert.Equal(SessionEndReason.CardRevoked, await EndOfAsync("811100000400"));
    }

    [Fact]
    public async Task The_refresh_of_the_revocation_lists_ends_the_sessions_of_revoked_cards_and_no_others()
    {
        using var browser = new SandboxBrowser(_sandbox);
        using var other = new SandboxBrowser(_sandbox);
        var card = await browser.SignInAsync("cps-811100000401");
        await other.SignInAsync("cps-811100000402");
        Revoke(card);

        await _sandbox.Services.GetRequiredService<CrlRefreshJob>().RunAsync(Ct);

        Assert.Equal(SessionEndReason.CardRevoked, await EndOfAsync("811100000401"));
        Assert.Null(await EndOfAsync("811100000402"));
    }

    private void Revoke(TestCard card)
    {
        var pki = _sandbox.Services.GetRequiredService<SandboxPki>();
        card.Revoke(TimeProvider.System.GetUtcNow().AddMinutes(-1));
        pki.Folder.SaveCrls(pki.Pki, TimeProvider.System.GetUtcNow());
    }

    private async Task<SessionEndReason?> EndOfAsync(string nationalId)
    {
        await using var db = _sandbox.Services.GetRequiredService<PscDbFactory>().Create();
        return (await db.Sessions.AsNoTracking().Where(s => s.NationalId == nationalId).OrderByDescending(s => s.AuthenticatedAt).FirstAsync(Ct)).EndReason;
    }

    /// <summary>A browser at the sandbox that presents cards in the virtual reader.</summary>
    private sealed class SandboxBrowser : IDisposable
    {
        private const string Authorization =
            "/auth?client_id=exemple-web&redirect_uri=https%3A%2F%2Flocalhost%3A5081%2Fsignin-oidc&response_type=code&scope=openid%20scope_all&acr_values=eidas1";

        private readonly SandboxOverTls _sandbox;
        private readonly HttpClientHandler _handler;
        private readonly HttpClient _http;

        public SandboxBrowser(SandboxOverTls sandbox)
        {
            _sandbox = sandbox;
            _handler = new HttpClientHandler
            {
                AllowAutoRedirect = false,
                ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator,
            };
            _http = new HttpClient(_handler) { BaseAddress = new Uri($"https://localhost:{sandbox.HttpsPort}") };
        }

        public async Task<TestCard> SignInAsync(string card)
        {
            var page = await HtmlPage.ReadAsync(await _http.GetAsync($"{await RedirectAsync("/connexion")}&moyen=carte&recherche={card[4..]}", Ct));
            var button = (AngleSharp.Html.Dom.IHtmlButtonElement)page.Find($"button[value='{card}']")!;
            var fields = button.Form!.QuerySelectorAll("input[name]").Select(input => KeyValuePair.Create(input.GetAttribute("name")!, input.GetAttribute("value")!));
            using var presented = await _http.PostAsync(
                button.Form!.GetAttribute("action"), new FormUrlEncodedContent([.. fields, KeyValuePair.Create("carte", card)]), Ct);
            await RedirectAsync(presented.Headers.Location!.ToString());
            return _sandbox.Services.GetRequiredService<SandboxPki>().Find(card)!;
        }

        /// <summary>Where an authorization request leads.</summary>
        public Task<Uri> AuthorizeAsync() => RedirectAsync(Authorization);

        private async Task<Uri> RedirectAsync(string url)
        {
            using var response = await _http.GetAsync(url, Ct);
            Assert.True(response.StatusCode is HttpStatusCode.SeeOther or HttpStatusCode.Redirect, $"{url}: {response.StatusCode}");
            return response.Headers.Location!;
        }

        public void Dispose()
        {
            _http.Dispose();
            _handler.Dispose();
        }
    }
}
