using System.Text.Json;
using AngleSharp.Html.Dom;
using Microsoft.Extensions.DependencyInjection;
using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Core.SingleSignOn;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Server.Tests.Samples;

/// <summary>
/// Microsoft's stock OpenID Connect handler, which knows nothing but PSC's discovery address, against the whole provider.
/// </summary>
public sealed class WebRelyingPartySample : IAsyncLifetime
{
    private PscApp _provider = null!;
    private SampleApp _sample = null!;
    private Visitor _visitor = null!;
    private Practitioner _practitioner = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        // A busy machine must not look like a failing database.
        _provider = await PscApp.StartAsync(configure: builder => builder.Configuration["Failures:RequestDeadline"] = "00:00:30");
        _practitioner = await _provider.AddAsync(Build.Practitioner());
        var registration = await RelyingParty.RegisterAsync(
            _provider,
            client =>
            {
                client.RedirectUris = [SampleApp.Origin + "/signin-oidc"];
                client.PostLogoutRedirectUris = [SampleApp.Origin + "/signout-callback-oidc"];
            },
            "exemple-web");
        _sample = new SampleApp(_provider, registration.Secret!);
        _visitor = new Visitor(_provider, _sample);
    }

    public async ValueTask DisposeAsync()
    {
        _visitor.Dispose();
        await _sample.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [Fact]
    public async Task The_stock_handler_signs_in_with_nothing_but_the_discovery_address()
    {
        var page = await SignInAsync();

        Assert.Equal("Bonjour Camille FICTIF", page.QuerySelector("h1")!.TextContent);
        Assert.Equal("898765000017", page.QuerySelector("#identifiant-national")!.TextContent);
    }

    [Fact]
    public async Task Every_claim_of_the_UserInfo_has_its_row_and_its_meaning()
    {
        var page = await SignInAsync();

        using var userInfo = JsonDocument.Parse(page.QuerySelector("#userinfo pre")!.TextContent);
        var rows = page.QuerySelectorAll("tr[data-claim]");
        Assert.Equal(Leaves(userInfo.RootElement).Order(), rows.Select(row => row.GetAttribute("data-claim")!).Order());
        Assert.Contains(rows, row => row.GetAttribute("data-claim") == "identifiantTechniqueDeLaStructure" && row.TextContent.Contains("R98765000017013", StringComparison.Ordinal));
        Assert.DoesNotContain(rows, row => row.TextContent.Contains("que cet exemple ne connaît pas", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_three_tokens_are_shown_decoded()
    {
        var page = await SignInAsync();

        Assert.Equal("ID", Payload(page, "id-token").GetProperty("typ").GetString());
        Assert.Equal("Bearer", Payload(page, "access-token").GetProperty("typ").GetString());
        Assert.Equal("Refresh", Payload(page, "refresh-token").GetProperty("typ").GetString());
    }

    [Fact]
    public async Task The_button_refreshes_the_tokens()
    {
        var page = await SignInAsync();

        var refreshed = await _visitor.PressAsync(page, "Rafraîchir les jetons");

        Assert.StartsWith("Jetons rafraîchis à ", refreshed.QuerySelector("[role=status]")!.TextContent, StringComparison.Ordinal);
        Assert.NotEqual(AccessTokenId(page), AccessTokenId(refreshed));
    }

    [Fact]
    public async Task An_expired_access_token_is_refreshed_by_the_next_page()
    {
        var page = await SignInAsync();

        var same = await _visitor.OpenAsync("/");
        _provider.Clock.Advance(TimeSpan.FromSeconds(121));
        var refreshed = await _visitor.OpenAsync("/");

        Assert.Equal(AccessTokenId(page), AccessTokenId(same));
        Assert.NotEqual(AccessTokenId(page), AccessTokenId(refreshed));
    }

    [Fact]
    public async Task A_session_that_ended_at_the_provider_ends_in_the_application()
    {
        await SignInAsync();

        await EndSessionsAsync();
        _provider.Clock.Advance(TimeSpan.FromSeconds(121));
        var page = await _visitor.OpenAsync("/");

        Assert.Contains("est terminée", page.QuerySelector("[role=status]")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector("#connexion"));
    }

    [Fact]
    public async Task A_provider_that_cannot_be_reached_ends_nobody_s_session()
    {
        await SignInAsync();

        _provider.Clock.Advance(TimeSpan.FromSeconds(121));
        _sample.ProviderIsReachable = false;
        var page = await _visitor.OpenAsync("/");
        var refused = await _visitor.PressAsync(page, "Rafraîchir les jetons");

        Assert.Equal("Bonjour Camille FICTIF", page.QuerySelector("h1")!.TextContent);
        Assert.StartsWith("Les jetons n'ont pas pu être rafraîchis.", refused.QuerySelector("[role=status]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_practitioner_who_cancels_is_shown_access_denied()
    {
        var signInPage = await _visitor.OpenAsync("/connexion");

        var page = await _visitor.PressAsync(signInPage, "Annuler et revenir à Logiciel de test");

        Assert.Equal("/erreur", _visitor.Address.AbsolutePath);
        Assert.Equal("access_denied", page.QuerySelector("#error")!.TextContent);
        Assert.NotEmpty(page.QuerySelector("#error-description")!.TextContent);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_here_and_at_the_provider()
    {
        var page = await SignInAsync();

        await _visitor.PressAsync(page, "Se déconnecter");
        var here = _visitor.Address;
        await _visitor.OpenAsync("/connexion");

        Assert.Equal(SampleApp.Origin + "/deconnecte", here.AbsoluteUri);
        Assert.Equal(PscApp.Origin, _visitor.Address.GetLeftPart(UriPartial.Authority));
        Assert.Equal("/connexion", _visitor.Address.AbsolutePath);
    }

    private async Task<IHtmlDocument> SignInAsync()
    {
        await _visitor.OpenAsync("/connexion");
        var back = await _provider.ApproveAsync(_visitor.SignInRequestId, _practitioner);
        var page = await _visitor.OpenAsync(back);
        Assert.Equal($"{SampleApp.Origin}/", _visitor.Address.AbsoluteUri);
        return page;
    }

    private async Task EndSessionsAsync()
    {
        await using var scope = _provider.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<Sessions>()
            .EndAllAsync(_practitioner.Id, SessionEndReason.SignedOutEverywhere, null, _provider.Clock.GetUtcNow(), Ct);
    }

    private static string AccessTokenId(IHtmlDocument page) => Payload(page, "access-token").GetProperty("jti").GetString()!;

    private static JsonElement Payload(IHtmlDocument page, string token) =>
        JsonElement.Parse(page.QuerySelectorAll($"#{token} pre")[1].TextContent);

    /// <summary>The names of all claims that hold a value and not further claims.</summary>
    private static IEnumerable<string> Leaves(JsonElement json) => json.EnumerateObject().SelectMany(claim => claim.Value.ValueKind switch
    {
        JsonValueKind.Object => Leaves(claim.Value),
        JsonValueKind.Array when claim.Value.EnumerateArray().All(item => item.ValueKind is JsonValueKind.Object) =>
            claim.Value.EnumerateArray().SelectMany(Leaves),
        _ => [claim.Name],
    });
}
