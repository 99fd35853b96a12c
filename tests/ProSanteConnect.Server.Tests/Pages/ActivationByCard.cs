using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Authenticators;
using ProSanteConnect.Core.Enrolment;
using ProSanteConnect.Server.Delivery;
using ProSanteConnect.Server.Shared.Watching;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Server.Tests.Pages;

/// <summary>The page "Activer mon e-CPS" on the computer (screens C4; ecps-cpx-directory §0.3).</summary>
public sealed class ActivationByCard : IAsyncLifetime
{
    private const string Path = "/activation";

    private PscApp _app = null!;
    private Browser _browser = null!;
    private PairingPhone _phone = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await PscApp.StartAsync();
        _browser = _app.NewBrowser();
        _phone = new PairingPhone(_app);
    }

    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        await _app.DisposeAsync();
    }

    [Fact]
    [Trait("Requirement", "A2")]
    public async Task Begins_with_the_card_and_comes_back()
    {
        var page = await HtmlPage.OpenAsync(_browser, Path);
        var pressed = await page.PressAsync(_browser, "#se-connecter-carte");

        Assert.Equal("Activer mon e-CPS", page.Heading);
        Assert.Equal("Étape 1 sur 4", page.Text("#etape"));
        Assert.Contains("moins de 5 minutes", page.Text("#carte-d-abord"), StringComparison.Ordinal);
        Assert.Equal("/app/", page.Link("#ouvrir-application"));
        Assert.Null(page.Find("#commencer"));
        var signIn = await HtmlPage.OpenAsync(_browser, pressed.Headers.Location!.ToString());
        Assert.NotNull(signIn.Find("#se-connecter-carte"));
        var practitioner = await _app.AddAsync(A.Practitioner());
        var back = await HtmlPage.ReadAsync(await _browser.FollowAsync(await _app.ApproveAsync(Browser.DemandeOf(pressed), practitioner)));
        Assert.Equal("Commencer l'activation", back.Text("#commencer"));
        Assert.Equal("Étape 2 sur 4", back.Text("#etape"));
    }

    [Fact]
    public async Task A_card_that_was_presented_six_minutes_ago_is_presented_again()
    {
        await _app.SignInAtPortalAsync(_browser);
        var fresh = await HtmlPage.OpenAsync(_browser, Path);
        _app.Clock.Advance(TimeSpan.FromMinutes(6));

        var pressed = await fresh.PressAsync(_browser, "#commencer");

        Assert.True(Browser.IsSignInPage(pressed));
        Assert.EndsWith("moyen=carte", pressed.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.NotNull((await HtmlPage.OpenAsync(_browser, Path)).Find("#se-connecter-carte"));
        Assert.Empty(await ActivationsAsync());
    }

    [Fact]
    public async Task A_session_opened_by_e_CPS_activates_nothing()
    {
        var holder = await HolderPhone.ActivateAsync(_app);
        var waiting = await _browser.AskByPhoneAsync();
        await holder.ApproveAsync(waiting.NumberOf());
        await _browser.FollowAsync(waiting.Response.RequestMessage!.RequestUri!.PathAndQuery);

        var page = await HtmlPage.OpenAsync(_browser, Path);

        Assert.NotNull(page.Find("#se-connecter-carte"));
        Assert.Null(page.Find("#commencer"));
    }

    [Fact]
    [Trait("Requirement", "A3")]
    [Trait("Requirement", "A7")]
    public async Task Shows_the_QR_code_of_the_app_for_ninety_seconds_and_its_text()
    {
        var page = await BeginAsync();

        var secret = SecretOn(page);
        Assert.Equal(43, secret.Length);
        Assert.Equal($"data:image/png;base64,{Convert.ToBase64String(QrCodeImage.Of($"{PscApp.Origin}/app/#qr={secret}"))}", page.Find("#qr")!.GetAttribute("src"));
        Assert.Equal("QR code d'activation", page.Find("#qr")!.GetAttribute("alt"));
        Assert.Equal("Valable encore 90 secondes", page.Text("#reste"));
        Assert.Equal("Étape 3 sur 4", page.Text("#etape"));
        Assert.Equal("QR code", page.Text("[aria-current=step]"));
        Assert.Equal($"/app/#qr={secret}", page.Link("#ouvrir-ici"));
        Assert.Contains("refresh", page.Find("noscript")!.InnerHtml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_anew_and_in_a_second_tab_it_shows_the_same_QR_code()
    {
        var page = await BeginAsync();
        _app.Clock.Advance(TimeSpan.FromSeconds(30));

        var again = await HtmlPage.OpenAsync(_browser, Path);

        Assert.Equal(SecretOn(page), SecretOn(again));
        Assert.Equal("Valable encore 60 secondes", again.Text("#reste"));
        Assert.Single(await ActivationsAsync());
    }

    [Fact]
    [Trait("Requirement", "A7")]
    public async Task A_renewed_QR_code_kills_the_one_before_it_and_the_other_tab_hears_of_it()
    {
        var page = await BeginAsync();
        _app.Clock.Advance(TimeSpan.FromSeconds(89));
        var news = await WaitAsync(page);

        var renewed = await HtmlPage.OpenAsync(_browser, (await page.PressAsync(_browser, "#renouveler")).Headers.Location!.ToString());
        await _app.TickAsync();

        Assert.Equal(new News("renewed"), await news);
        Assert.NotEqual(SecretOn(page), SecretOn(renewed));
        Assert.Equal("Valable encore 90 secondes", renewed.Text("#reste"));
        Assert.IsType<ScanResult.Unknown>(await _phone.ScanAsync(SecretOn(page)));
        Assert.IsType<ScanResult.Paired>(await _phone.ScanAsync(SecretOn(renewed)));
    }

    [Fact]
    public async Task A_page_that_slept_offers_another_QR_code_and_its_script_takes_it()
    {
        await BeginAsync();
        _app.Clock.Advance(TimeSpan.FromMinutes(2));

        var over = await HtmlPage.OpenAsync(_browser, Path);

        Assert.StartsWith("Ce QR code n'est plus valable.", over.Text("#qr-perime"), StringComparison.Ordinal);
        Assert.Equal("0", over.Find("[data-seconds]")!.TextContent);
        Assert.NotNull(over.Find("form[data-at-end] #renouveler"));
        Assert.Null(over.Find("#qr"));
        var renewed = await HtmlPage.OpenAsync(_browser, (await over.PressAsync(_browser, "#renouveler")).Headers.Location!.ToString());
        Assert.IsType<ScanResult.Paired>(await _phone.ScanAsync(SecretOn(renewed)));
    }

    [Fact]
    public async Task A_page_that_was_forgotten_renews_nothing_for_ever()
    {
        var page = await BeginAsync();
        _app.Clock.Advance(TimeSpan.FromMinutes(15));

        var pressed = await page.PressAsync(_browser, "#renouveler");

        var later = await HtmlPage.OpenAsync(_browser, pressed.Headers.Location!.ToString());
        Assert.NotNull(later.Find("#se-connecter-carte"));
        Assert.Contains("n'est pas allée jusqu'au bout", later.Text("#fin"), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "A8")]
    public async Task The_scan_is_told_at_once_and_the_page_asks_for_the_code()
    {
        var page = await BeginAsync();
        var news = await WaitAsync(page);
        await _phone.ScanAsync(SecretOn(page));

        await _app.TickAsync();

        Assert.Equal(new News("code"), await news);
        var code = await HtmlPage.OpenAsync(_browser, Path);
        Assert.Equal("Saisissez le code affiché par votre téléphone", code.Heading);
        Assert.Contains("Pixel 9", code.Text("#consigne"), StringComparison.Ordinal);
        Assert.Equal("Étape 4 sur 4", code.Text("#etape"));
        var field = code.Find("#code")!;
        Assert.Equal(
            ("numeric", "one-time-code", "7"),
            (field.GetAttribute("inputmode"), field.GetAttribute("autocomplete"), field.GetAttribute("maxlength")));
        Assert.Null(code.Find("noscript"));
        Assert.DoesNotContain(_phone.Code, await code.BytesAsync(), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "A9")]
    [Trait("Requirement", "A10")]
    public async Task The_right_code_leads_to_the_PIN_and_the_end()
    {
        var code = await ScannedAsync();

        var pin = await TypeAsync(code, $"{_phone.Code[..3]} {_phone.Code[3..]}");
        var news = await WaitAsync(pin);
        await _phone.FinishAsync();
        await _app.TickAsync();
        var done = await HtmlPage.OpenAsync(_browser, Path);

        Assert.Equal("Terminez sur votre téléphone : choisissez votre code PIN", pin.Heading);
        Assert.Equal(new News("done"), await news);
        Assert.Equal("Votre e-CPS est maintenant activée.", done.Heading);
        Assert.Contains("1er juin 2029", done.Text(".lead"), StringComparison.Ordinal);
        Assert.Equal("/je-teste-ma-e-cps", done.Link("#tester"));
        Assert.Empty(done.All("script"));
    }

    [Fact]
    [Trait("Requirement", "A9")]
    public async Task A_wrong_code_says_how_many_tries_are_left_until_none_is()
    {
        var code = await ScannedAsync();
        var wrong = _phone.Code == "000000" ? "000001" : "000000";

        var second = await TypeAsync(code, wrong);
        var third = await TypeAsync(second, wrong);
        var over = await TypeAsync(third, wrong);

        Assert.Equal("Code incorrect, il vous reste 2 essais", second.Text("#code-erreur"));
        Assert.Equal("code-erreur", second.Find("#code")!.GetAttribute("aria-describedby"));
        Assert.Equal("Code incorrect, il vous reste un essai", third.Text("#code-erreur"));
        Assert.Equal("Activer mon e-CPS", over.Heading);
        Assert.Contains("Par sécurité, cette activation est close", over.Text("#fin"), StringComparison.Ordinal);
        Assert.NotNull(over.Find("#commencer"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("12345")]
    [InlineData("12345a")]
    public async Task A_slip_of_the_fingers_costs_no_try(string typed)
    {
        var code = await ScannedAsync();

        var page = await TypeAsync(code, typed);

        Assert.Equal("Le code compte six chiffres.", page.Text("#code-erreur"));
        Assert.Equal(0, Assert.Single(await ActivationsAsync()).CodeTries);
    }

    [Fact]
    public async Task Typing_a_code_twice_does_no_harm()
    {
        var code = await ScannedAsync();
        await TypeAsync(code, _phone.Code);

        var page = await TypeAsync(code, _phone.Code);

        Assert.Equal("Terminez sur votre téléphone : choisissez votre code PIN", page.Heading);
    }

    [Fact]
    public async Task A_code_that_was_not_typed_in_time_is_worth_nothing()
    {
        var code = await ScannedAsync();
        _app.Clock.Advance(TimeSpan.FromMinutes(5));

        var late = await TypeAsync(code, _phone.Code);

        Assert.Contains("Le code n'a pas été saisi à temps.", late.Text("#fin"), StringComparison.Ordinal);
        Assert.Equal(ActivationStatus.Scanned, Assert.Single(await ActivationsAsync()).Status);
    }

    [Fact]
    public async Task A_PIN_that_was_not_chosen_in_time_ends_it()
    {
        await TypeAsync(await ScannedAsync(), _phone.Code);
        _app.Clock.Advance(TimeSpan.FromMinutes(10));

        var late = await HtmlPage.OpenAsync(_browser, Path);

        Assert.Contains("Le code PIN n'a pas été choisi à temps", late.Text("#fin"), StringComparison.Ordinal);
        Assert.NotNull(late.Find("#se-connecter-carte"));
    }

    [Fact]
    public async Task The_end_of_the_code_is_told_when_it_comes()
    {
        var code = await ScannedAsync();
        _app.Clock.Advance(TimeSpan.FromSeconds(290));
        var news = await WaitAsync(code);

        _app.Clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(new News("code-late"), await news);
    }

    [Fact]
    public async Task Says_which_e_CPS_the_new_one_will_replace()
    {
        await _app.SignInAtPortalAsync(_browser);
        var holder = await HolderPhone.ActivateAsync(_app, await PractitionerAsync());

        var page = await HtmlPage.OpenAsync(_browser, Path);
        await ScannedAsync(signedIn: true);
        await TypeAsync(await HtmlPage.OpenAsync(_browser, Path), _phone.Code);
        var before = await holder.ReadAsync();
        await _phone.FinishAsync();

        Assert.Equal("La nouvelle e-CPS remplacera celle de Pixel 9 dès qu'elle sera activée.", page.Text("#remplace"));
        Assert.Equal(ECpsStatus.Active, before.Status);
        Assert.Equal(DeactivationReason.Replaced, (await holder.ReadAsync()).DeactivationReason);
    }

    [Fact]
    public async Task Cancelling_ends_it_for_the_phone_too()
    {
        var code = await ScannedAsync();

        var cancelled = await code.PressAsync(_browser, "#annuler");

        Assert.Equal("/", cancelled.Headers.Location!.ToString());
        Assert.Equal(ActivationStatus.Cancelled, Assert.Single(await ActivationsAsync()).Status);
    }

    [Fact]
    public async Task After_five_phones_the_card_is_presented_again()
    {
        await _app.SignInAtPortalAsync(_browser);
        for (var i = 0; i < 5; i++) await ScannedAsync(signedIn: true);
        await (await HtmlPage.OpenAsync(_browser, Path)).PressAsync(_browser, "#annuler");

        var page = await HtmlPage.OpenAsync(_browser, Path);

        Assert.StartsWith("Plusieurs téléphones ont été essayés", page.Text("#fin"), StringComparison.Ordinal);
        Assert.NotNull(page.Find("#se-connecter-carte"));
        Assert.Null(page.Find("#commencer"));
    }

    [Fact]
    public async Task Another_browser_of_the_same_holder_leads_an_activation_of_its_own()
    {
        var code = await ScannedAsync();
        using var other = _app.NewBrowser();
        await _app.SignInAtPortalAsync(other, await PractitionerAsync());
        var theirs = await HtmlPage.OpenAsync(other, Path);
        var id = code.Find("input[name=activation]")!.GetAttribute("value");

        var news = await other.Http.GetAsync($"/activation/etat?activation={id}&vu=code", TestContext.Current.CancellationToken);
        var nobodys = await _app.Http().GetAsync($"/activation/etat?activation={id}&vu=code", TestContext.Current.CancellationToken);

        Assert.NotNull(theirs.Find("#commencer"));
        Assert.Equal(HttpStatusCode.NotFound, news.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, nobodys.StatusCode);
    }

    [Fact]
    [Trait("Requirement", "T13")]
    public async Task Forms_without_their_token_are_refused()
    {
        var scan = await BeginAsync();
        foreach (var button in new[] { "#renouveler", "#annuler" }) await AssertStaleAsync(scan, button);
        await _phone.ScanAsync(SecretOn(scan));

        await AssertStaleAsync((await HtmlPage.OpenAsync(_browser, Path)).Fill("#code", _phone.Code), "#valider");

        Assert.Equal(ActivationStatus.Scanned, Assert.Single(await ActivationsAsync()).Status);
    }

    [Fact]
    public async Task Another_phone_may_be_activated_after_the_first()
    {
        await TypeAsync(await ScannedAsync(), _phone.Code);
        await _phone.FinishAsync();
        var done = await HtmlPage.OpenAsync(_browser, Path);
        _app.Clock.Advance(TimeSpan.FromSeconds(1));

        var again = await HtmlPage.OpenAsync(_browser, (await done.PressAsync(_browser, "#autre-telephone")).Headers.Location!.ToString());

        Assert.Equal("Scannez ce QR code avec votre téléphone", again.Heading);
    }

    [Fact]
    public async Task Speaks_English_too()
    {
        await _app.SignInAtPortalAsync(_browser);

        var page = await HtmlPage.OpenAsync(_browser, Path, "en");

        Assert.Equal(("Activate my e-CPS", "Step 2 of 4", "Begin the activation"), (page.Heading, page.Text("#etape"), page.Text("#commencer")));
    }

    private static string SecretOn(HtmlPage page) => page.Text("#texte").Replace(" ", "", StringComparison.Ordinal);

    private async Task<HtmlPage> BeginAsync(bool signedIn = false)
    {
        if (!signedIn) await _app.SignInAtPortalAsync(_browser);
        _app.Clock.Advance(TimeSpan.FromMilliseconds(10));
        var page = await HtmlPage.OpenAsync(_browser, Path);
        if (page.Find("#commencer") is null)
        {
            await page.PressAsync(_browser, "#annuler");
            page = await HtmlPage.OpenAsync(_browser, Path);
        }

        var begun = await page.PressAsync(_browser, "#commencer");
        Assert.Equal((HttpStatusCode.SeeOther, Path), (begun.StatusCode, begun.Headers.Location!.ToString()));
        return await HtmlPage.OpenAsync(_browser, Path);
    }

    private async Task<HtmlPage> ScannedAsync(bool signedIn = false)
    {
        Assert.IsType<ScanResult.Paired>(await _phone.ScanAsync(SecretOn(await BeginAsync(signedIn))));
        return await HtmlPage.OpenAsync(_browser, Path);
    }

    private async Task<HtmlPage> TypeAsync(HtmlPage page, string code) => await HtmlPage.OpenAsync(
        _browser, (await page.Fill("#code", code).PressAsync(_browser, "#valider")).Headers.Location!.ToString());

    private async Task AssertStaleAsync(HtmlPage page, string button) => Assert.Equal(
        "Cette page a expiré.", (await HtmlPage.ReadAsync(await page.PressAsync(_browser, button, withoutToken: true))).Heading);

    private async Task<Task<News>> WaitAsync(HtmlPage page)
    {
        var news = AskAsync(WaitingForThePhone.NewsOf(page));
        await Task.Delay(TimeSpan.FromMilliseconds(150), TestContext.Current.CancellationToken);
        await _app.TickAsync();
        await Task.Delay(TimeSpan.FromMilliseconds(50), TestContext.Current.CancellationToken);
        Assert.False(news.IsCompleted);
        return news;
    }

    private async Task<News> AskAsync(string url) => (await _browser.Http.GetFromJsonAsync<News>(url, TestContext.Current.CancellationToken))!;

    private async Task<Core.Practitioners.Practitioner> PractitionerAsync()
    {
        await using var db = _app.Database.Open();
        return await db.Practitioners.AsNoTracking().FirstAsync(TestContext.Current.CancellationToken);
    }

    private async Task<List<Activation>> ActivationsAsync()
    {
        await using var db = _app.Database.Open();
        return await db.Activations.AsNoTracking().ToListAsync(TestContext.Current.CancellationToken);
    }
}
