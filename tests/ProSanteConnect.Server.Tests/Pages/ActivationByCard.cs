using System.Net;
using ProSanteConnect.Core.Devices;
using ProSanteConnect.Core.Enrolment;
using ProSanteConnect.Server.Shared.Changes;
using ProSanteConnect.Server.Shared.Text;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Server.Tests.Pages;

/// <summary>The page "Activer mon e-CPS" on the computer: the card, the QR code and the ways out (screens C4; ecps-cpx-directory §0.3).</summary>
public sealed class ActivationByCard : ActivationPageFixture
{
    [Fact]
    [Trait("Requirement", "A2")]
    public async Task Begins_with_the_card_and_comes_back()
    {
        var page = await HtmlPage.OpenAsync(Computer, Path);
        var pressed = await page.PressAsync(Computer, "#se-connecter-carte");

        Assert.Equal("Activer mon e-CPS", page.Heading);
        Assert.Equal("Étape 1 sur 4", page.Text("#etape"));
        Assert.Contains("moins de 5 minutes", page.Text("#carte-d-abord"), StringComparison.Ordinal);
        Assert.Equal("/app/", page.Link("#ouvrir-application"));
        Assert.Null(page.Find("#commencer"));
        var signIn = await HtmlPage.OpenAsync(Computer, pressed.Headers.Location!.ToString());
        Assert.NotNull(signIn.Find("#se-connecter-carte"));
        var practitioner = await App.AddAsync(Build.Practitioner());
        var back = await HtmlPage.ReadAsync(await Computer.FollowAsync(await App.ApproveAsync(Browser.SignInRequestIdOf(pressed), practitioner)));
        Assert.Equal("Commencer l'activation", back.Text("#commencer"));
        Assert.Equal("Étape 2 sur 4", back.Text("#etape"));
    }

    [Fact]
    public async Task A_card_that_was_presented_six_minutes_ago_is_presented_again()
    {
        await App.SignInAtPortalAsync(Computer);
        var fresh = await HtmlPage.OpenAsync(Computer, Path);
        App.Clock.Advance(TimeSpan.FromMinutes(6));

        var pressed = await fresh.PressAsync(Computer, "#commencer");

        Assert.True(Browser.IsSignInPage(pressed));
        Assert.EndsWith("moyen=carte", pressed.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.NotNull((await HtmlPage.OpenAsync(Computer, Path)).Find("#se-connecter-carte"));
        Assert.Empty(await ActivationsAsync());
    }

    [Fact]
    public async Task A_session_opened_by_e_CPS_activates_nothing()
    {
        var holder = await RulesPhone.ActivateAsync(App);
        var waiting = await Computer.StartApprovalAsync();
        await holder.ApproveAsync(waiting.NumberOf());
        await Computer.FollowAsync(waiting.Response.RequestMessage!.RequestUri!.PathAndQuery);

        var page = await HtmlPage.OpenAsync(Computer, Path);

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
        App.Clock.Advance(TimeSpan.FromSeconds(30));

        var again = await HtmlPage.OpenAsync(Computer, Path);

        Assert.Equal(SecretOn(page), SecretOn(again));
        Assert.Equal("Valable encore 60 secondes", again.Text("#reste"));
        Assert.Single(await ActivationsAsync());
    }

    [Fact]
    [Trait("Requirement", "A7")]
    public async Task A_renewed_QR_code_kills_the_one_before_it_and_the_other_tab_hears_of_it()
    {
        var page = await BeginAsync();
        App.Clock.Advance(TimeSpan.FromSeconds(89));
        var news = await WaitAsync(page);

        var renewed = await HtmlPage.OpenAsync(Computer, (await page.PressAsync(Computer, "#renouveler")).Headers.Location!.ToString());
        await App.TickAsync();

        Assert.Equal(new StatusResponse("renewed"), await news);
        Assert.NotEqual(SecretOn(page), SecretOn(renewed));
        Assert.Equal("Valable encore 90 secondes", renewed.Text("#reste"));
        Assert.IsType<ScanResult.Unknown>(await Phone.ScanAsync(SecretOn(page)));
        Assert.IsType<ScanResult.Paired>(await Phone.ScanAsync(SecretOn(renewed)));
    }

    [Fact]
    public async Task A_page_that_slept_offers_another_QR_code_and_its_script_takes_it()
    {
        await BeginAsync();
        App.Clock.Advance(TimeSpan.FromMinutes(2));

        var over = await HtmlPage.OpenAsync(Computer, Path);

        Assert.StartsWith("Ce QR code n'est plus valable.", over.Text("#qr-perime"), StringComparison.Ordinal);
        Assert.Equal("0", over.Find("[data-seconds]")!.TextContent);
        Assert.NotNull(over.Find("form[data-at-end] #renouveler"));
        Assert.Null(over.Find("#qr"));
        var renewed = await HtmlPage.OpenAsync(Computer, (await over.PressAsync(Computer, "#renouveler")).Headers.Location!.ToString());
        Assert.IsType<ScanResult.Paired>(await Phone.ScanAsync(SecretOn(renewed)));
    }

    [Fact]
    public async Task A_page_that_was_forgotten_renews_nothing_for_ever()
    {
        var page = await BeginAsync();
        App.Clock.Advance(TimeSpan.FromMinutes(15));

        var pressed = await page.PressAsync(Computer, "#renouveler");

        var later = await HtmlPage.OpenAsync(Computer, pressed.Headers.Location!.ToString());
        Assert.NotNull(later.Find("#se-connecter-carte"));
        Assert.Contains("n'est pas allée jusqu'au bout", later.Text("#fin"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_which_e_CPS_the_new_one_will_replace()
    {
        await App.SignInAtPortalAsync(Computer);
        var holder = await RulesPhone.ActivateAsync(App, await PractitionerAsync());

        var page = await HtmlPage.OpenAsync(Computer, Path);
        await ScannedAsync(signedIn: true);
        await TypeAsync(await HtmlPage.OpenAsync(Computer, Path), Phone.Code);
        var before = await holder.ReadAsync();
        await Phone.FinishAsync();

        Assert.Equal("La nouvelle e-CPS remplacera celle de Pixel 9 dès qu'elle sera activée.", page.Text("#remplace"));
        Assert.Equal(ECpsStatus.Active, before.Status);
        Assert.Equal(DeactivationReason.Replaced, (await holder.ReadAsync()).DeactivationReason);
    }

    [Fact]
    public async Task Cancelling_ends_it_for_the_phone_too()
    {
        var code = await ScannedAsync();

        var cancelled = await code.PressAsync(Computer, "#annuler");

        Assert.Equal("/", cancelled.Headers.Location!.ToString());
        Assert.Equal(ActivationStatus.Cancelled, Assert.Single(await ActivationsAsync()).Status);
    }

    [Fact]
    public async Task After_five_phones_the_card_is_presented_again()
    {
        await App.SignInAtPortalAsync(Computer);
        for (var i = 0; i < 5; i++) await ScannedAsync(signedIn: true);
        await (await HtmlPage.OpenAsync(Computer, Path)).PressAsync(Computer, "#annuler");

        var page = await HtmlPage.OpenAsync(Computer, Path);

        Assert.StartsWith("Plusieurs téléphones ont été essayés", page.Text("#fin"), StringComparison.Ordinal);
        Assert.NotNull(page.Find("#se-connecter-carte"));
        Assert.Null(page.Find("#commencer"));
    }

    [Fact]
    public async Task Another_browser_of_the_same_holder_leads_an_activation_of_its_own()
    {
        var code = await ScannedAsync();
        using var other = App.NewBrowser();
        await App.SignInAtPortalAsync(other, await PractitionerAsync());
        var theirs = await HtmlPage.OpenAsync(other, Path);
        var id = code.Find("input[name=activation]")!.GetAttribute("value");

        var news = await other.Http.GetAsync($"/activation/etat?activation={id}&vu=code", TestContext.Current.CancellationToken);
        var nobodys = await App.Http().GetAsync($"/activation/etat?activation={id}&vu=code", TestContext.Current.CancellationToken);

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
        await Phone.ScanAsync(SecretOn(scan));

        await AssertStaleAsync((await HtmlPage.OpenAsync(Computer, Path)).Fill("#code", Phone.Code), "#valider");

        Assert.Equal(ActivationStatus.Scanned, Assert.Single(await ActivationsAsync()).Status);
    }

    [Fact]
    public async Task Speaks_English_too()
    {
        await App.SignInAtPortalAsync(Computer);

        var page = await HtmlPage.OpenAsync(Computer, Path, "en");

        Assert.Equal(("Activate my e-CPS", "Step 2 of 4", "Begin the activation"), (page.Heading, page.Text("#etape"), page.Text("#commencer")));
    }
}
