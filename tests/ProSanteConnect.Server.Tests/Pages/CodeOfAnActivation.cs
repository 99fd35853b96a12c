using ProSanteConnect.Core.Enrolment;
using ProSanteConnect.Server.Shared.Changes;

namespace ProSanteConnect.Server.Tests.Pages;

/// <summary>The page "Activer mon e-CPS" from the scan to the end: the six digits of the phone (A8, A9), and the wait for the PIN (screens C4).</summary>
public sealed class CodeOfAnActivation : ActivationPageFixture
{
    [Fact]
    [Trait("Requirement", "A8")]
    public async Task The_scan_is_told_at_once_and_the_page_asks_for_the_code()
    {
        var page = await BeginAsync();
        var news = await WaitAsync(page);
        await Phone.ScanAsync(SecretOn(page));

        await App.TickAsync();

        Assert.Equal(new StatusResponse("code"), await news);
        var code = await HtmlPage.OpenAsync(Computer, Path);
        Assert.Equal("Saisissez le code affiché par votre téléphone", code.Heading);
        Assert.Contains("Pixel 9", code.Text("#consigne"), StringComparison.Ordinal);
        Assert.Equal("Étape 4 sur 4", code.Text("#etape"));
        var field = code.Find("#code")!;
        Assert.Equal(
            ("numeric", "one-time-code", "20"),
            (field.GetAttribute("inputmode"), field.GetAttribute("autocomplete"), field.GetAttribute("maxlength")));
        Assert.Null(code.Find("noscript"));
        Assert.DoesNotContain(Phone.Code, await code.BytesAsync(), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "A9")]
    [Trait("Requirement", "A10")]
    public async Task The_right_code_leads_to_the_PIN_and_the_end()
    {
        var code = await ScannedAsync();

        var pin = await TypeAsync(code, $"{Phone.Code[..3]} {Phone.Code[3..]}");
        var news = await WaitAsync(pin);
        await Phone.FinishAsync();
        await App.TickAsync();
        var done = await HtmlPage.OpenAsync(Computer, Path);

        Assert.Equal("Terminez sur votre téléphone : choisissez votre code PIN", pin.Heading);
        Assert.Equal(new StatusResponse("done"), await news);
        Assert.Equal("Votre e-CPS est maintenant activée.", done.Heading);
        Assert.Contains("1er juin 2029", done.Text(".lead"), StringComparison.Ordinal);
        Assert.Equal("/je-teste-ma-e-cps", done.Link("#tester"));
        Assert.Empty(done.All("script"));
        Assert.Contains(done.Response.Headers.GetValues("Set-Cookie"), cookie => cookie.StartsWith("__Host-psc-moyen=e-cps", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Requirement", "A9")]
    public async Task A_wrong_code_says_how_many_tries_are_left_until_none_is()
    {
        var code = await ScannedAsync();
        var wrong = Phone.Code == "000000" ? "000001" : "000000";

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
        await TypeAsync(code, Phone.Code);

        var page = await TypeAsync(code, Phone.Code);

        Assert.Equal("Terminez sur votre téléphone : choisissez votre code PIN", page.Heading);
    }

    [Fact]
    public async Task A_code_that_was_not_typed_in_time_is_worth_nothing()
    {
        var code = await ScannedAsync();
        App.Clock.Advance(TimeSpan.FromMinutes(5));

        var late = await TypeAsync(code, Phone.Code);

        Assert.Contains("Le code n'a pas été saisi à temps.", late.Text("#fin"), StringComparison.Ordinal);
        Assert.Equal(ActivationStatus.Scanned, Assert.Single(await ActivationsAsync()).Status);
    }

    [Fact]
    public async Task A_PIN_that_was_not_chosen_in_time_ends_it()
    {
        await TypeAsync(await ScannedAsync(), Phone.Code);
        App.Clock.Advance(TimeSpan.FromMinutes(10));

        var late = await HtmlPage.OpenAsync(Computer, Path);

        Assert.Contains("Le code PIN n'a pas été choisi à temps", late.Text("#fin"), StringComparison.Ordinal);
        Assert.NotNull(late.Find("#se-connecter-carte"));
    }

    [Fact]
    public async Task The_end_of_the_code_is_told_when_it_comes()
    {
        var code = await ScannedAsync();
        App.Clock.Advance(TimeSpan.FromSeconds(290));
        var news = await WaitAsync(code);

        App.Clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(new StatusResponse("code-late"), await news);
    }

    [Fact]
    public async Task Another_phone_may_be_activated_after_the_first()
    {
        await TypeAsync(await ScannedAsync(), Phone.Code);
        await Phone.FinishAsync();
        var done = await HtmlPage.OpenAsync(Computer, Path);
        App.Clock.Advance(TimeSpan.FromSeconds(1));

        var again = await HtmlPage.OpenAsync(Computer, (await done.PressAsync(Computer, "#autre-telephone")).Headers.Location!.ToString());

        Assert.Equal("Scannez ce QR code avec votre téléphone", again.Heading);
    }
}
