using System.Globalization;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Sandbox.Pki;
using ProSanteConnect.Sandbox.Start;
using ProSanteConnect.Server.Tests.Pages;
using ProSanteConnect.Testing;
using ProSanteConnect.Tools.Certs;

namespace ProSanteConnect.Server.Tests.Samples;

/// <summary>A sandbox with a browser, and with people of an imported directory.</summary>
public sealed class ImportedSandbox : IAsyncLifetime
{
    private const int People = 500;

    private readonly HttpClientHandler _handler = new()
    {
        AllowAutoRedirect = false,
        ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator,
    };

    public SandboxOverTls Sandbox { get; } = new();

    public HttpClient Http { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await Sandbox.InitializeAsync();
        Http = new HttpClient(_handler) { BaseAddress = new Uri($"https://localhost:{Sandbox.HttpsPort}") };
        await using var db = Sandbox.Services.GetRequiredService<PscDbFactory>().Create();
        for (var n = 0; n < People; n++)
        {
            var practitioner = Build.Practitioner(string.Create(CultureInfo.InvariantCulture, $"8111{n:D8}"));
            practitioner.FamilyName = string.Create(CultureInfo.InvariantCulture, $"IMPORTE{n}");
            practitioner.ContactEmail = "";
            db.Add(practitioner);
        }

        await db.SaveChangesAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        _handler.Dispose();
        await Sandbox.DisposeAsync();
    }
}

/// <summary>The test cards of a sandbox whose directory was imported: made when asked for, found by a search.</summary>
public sealed class SandboxCards(ImportedSandbox imported) : IClassFixture<ImportedSandbox>
{
    private readonly SandboxOverTls _sandbox = imported.Sandbox;
    private readonly HttpClient _http = imported.Http;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_start_makes_the_cards_to_refuse_and_no_others_however_many_people_there_are()
    {
        var before = Pki.Pki.Cards.Count(card => card.Holder.FamilyName.StartsWith("IMPORTE", StringComparison.Ordinal));

        var again = await SandboxPreparation.PrepareAsync(_sandbox.Arguments, TimeProvider.System, Ct);

        Assert.InRange(again.Pki.Pki.Cards.Count, 7, 7 + before);
        Assert.Equal(6, again.Pki.RefusedCards.Count());
    }

    [Fact]
    public async Task The_sign_in_page_has_a_bounded_size_and_lists_the_cards_to_refuse()
    {
        var page = await OpenAsync();

        Assert.InRange(page.All("button[name=carte]").Count, 8 + 6, 8 + 6 + 5);
        Assert.InRange((await page.BytesAsync()).Length, 1, 40_000);
        Assert.Equal(6, page.All("button[name=carte] .tag").Count);
    }

    [Theory]
    [InlineData("importe42", "IMPORTE42")]
    [InlineData("811100000042", "IMPORTE42")]
    [InlineData("camille fictif", "Camille FICTIF")]
    [InlineData("CAMILLE.FICTIF@", "Camille FICTIF")]
    public async Task A_card_is_found_by_name_identifier_or_address(string words, string holder)
    {
        var page = await OpenAsync(words);

        Assert.Contains(page.All("button[name=carte]"), card => HtmlPage.Words(card).Contains(holder, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_search_by_a_reason_finds_the_card_to_refuse()
    {
        var card = Assert.Single((await OpenAsync("révoquée")).All("button[name=carte]"));

        Assert.EndsWith("-revoked", card.GetAttribute("value")!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("%")]
    [InlineData("_")]
    [InlineData("personne ne porte ce nom")]
    [InlineData("' OR 1=1 --")]
    public async Task A_search_without_a_result_says_so(string words)
    {
        var page = await OpenAsync(words);

        Assert.Empty(page.All("button[name=carte]"));
        Assert.Contains(words, page.Text("#carte-aucune"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_card_is_made_when_it_is_presented_and_stands_first_afterwards()
    {
        var page = await OpenAsync("IMPORTE300");

        var response = await PressAsync(page, "button[name=carte]");

        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        Assert.Contains("/connexion/suite", response.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal("cps-811100000300", (await OpenAsync()).All("button[name=carte]")[0].GetAttribute("value"));
        var kept = new TestPkiFolder(Pki.Folder.FullPath).Open();
        Assert.Contains(kept.Cards, card => card.Name == "cps-811100000300");
    }

    [Fact]
    public async Task A_card_is_made_when_it_is_downloaded()
    {
        using var file = await _http.GetAsync("/sandbox/cartes/cps-811100000301.p12", Ct);
        using var unknown = await _http.GetAsync("/sandbox/cartes/cps-811199999999.p12", Ct);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (file.StatusCode, unknown.StatusCode));
    }

    [Fact]
    public async Task Twenty_calls_at_once_make_one_card()
    {
        var cards = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => Pki.Find("cps-811100000302"), Ct)));

        Assert.Single(cards.Distinct());
        Assert.Single(Pki.Pki.Cards, card => card.Name == "cps-811100000302");
    }

    private SandboxPki Pki => _sandbox.Services.GetRequiredService<SandboxPki>();

    private async Task<HtmlPage> OpenAsync(string? words = null)
    {
        using var start = await _http.GetAsync("/connexion", Ct);
        var url = $"{start.Headers.Location}&moyen=carte" + (words is null ? "" : $"&recherche={Uri.EscapeDataString(words)}");
        return await HtmlPage.ReadAsync(await _http.GetAsync(url, Ct));
    }

    private Task<HttpResponseMessage> PressAsync(HtmlPage page, string selector)
    {
        var button = (AngleSharp.Html.Dom.IHtmlButtonElement)page.Find(selector)!;
        var fields = button.Form!.QuerySelectorAll("input[name]").Select(input => KeyValuePair.Create(input.GetAttribute("name")!, input.GetAttribute("value")!));
        return _http.PostAsync(button.Form!.GetAttribute("action"), new FormUrlEncodedContent([.. fields, KeyValuePair.Create(button.Name!, button.Value)]), Ct);
    }
}
