using ProSanteConnect.Core.Devices;
using ProSanteConnect.Core.Enrolment;
using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Testing;
using ProSanteConnect.Tools.Phone;

namespace ProSanteConnect.Server.Tests.Enrolment;

/// <summary>Steps A4 to A10 on the phone, over the public API, beside a computer that follows the rules (ecps-cpx-directory §0.3).</summary>
public sealed class ActivatingByCard : IAsyncLifetime
{
    private PscApp _app = null!;
    private Practitioner _holder = null!;
    private SoftwarePhone _phone = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _app = await PscApp.StartAsync();
        _holder = await _app.AddAsync(Build.Practitioner());
        _phone = await _app.NewPhoneAsync();
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    [Trait("Requirement", "A7")]
    [Trait("Requirement", "A8")]
    [Trait("Requirement", "A9")]
    [Trait("Requirement", "A10")]
    public async Task A7_to_A10_the_code_goes_from_the_phone_to_the_computer_and_the_PIN_ends_it()
    {
        var computer = await _app.OpenActivationAsync(_holder);

        var pairing = (await _phone.ScanAsync(computer.QrText, "Pixel 9", Ct)).Value;                          // A7
        Assert.Equal((ActivationMode.Card, 300, 2), (pairing.ActivationMode, pairing.CodeExpiresIn!.Value, pairing.Interval));
        Assert.Matches("^[0-9]{6}$", pairing.PairingCode);                                                     // A8
        Assert.Null(pairing.MaskedPhone);
        Assert.Equal("authorization_pending", (await _phone.ExchangeCodeAsync(ct: Ct)).Problem!.Code);

        Assert.IsType<CheckCodeResult.Confirmed>(await computer.TypeAsync(pairing.PairingCode!));              // A9
        Assert.Equal(600, (await _phone.ExchangeCodeAsync(ct: Ct)).Value.ExpiresIn);
        Assert.Equal(ActivationMode.Card, (await _phone.EnrolAsync(Build.Pin, "Pixel 9", Ct)).Value.ECps.Mode);    // A10
    }

    [Fact]
    public async Task An_ADELI_holder_activates_by_card()
    {
        var adeli = await _app.AddAsync(Build.Practitioner("0999990001"));

        var phone = await _app.EnrolledPhoneAsync(adeli);

        Assert.Equal("0999990001", (await phone.ECpsAsync(Ct)).Value.NationalId);
    }

    [Fact]
    public async Task Whoever_asks_too_often_is_told_to_slow_down()
    {
        var computer = await _app.OpenActivationAsync(_holder);
        await _phone.ScanAsync(computer.QrText, "Pixel 9", Ct);

        Assert.Equal("authorization_pending", (await _phone.ExchangeCodeAsync(ct: Ct)).Problem!.Code);
        _app.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("authorization_pending", (await _phone.ExchangeCodeAsync(ct: Ct)).Problem!.Code);
        _app.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("slow_down", (await _phone.ExchangeCodeAsync(ct: Ct)).Problem!.Code);
        _app.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("slow_down", (await _phone.ExchangeCodeAsync(ct: Ct)).Problem!.Code);
        _app.Clock.Advance(TimeSpan.FromSeconds(12));
        Assert.Equal("authorization_pending", (await _phone.ExchangeCodeAsync(ct: Ct)).Problem!.Code);
    }

    [Fact]
    public async Task A_code_that_nobody_types_expires_after_five_minutes()
    {
        var computer = await _app.OpenActivationAsync(_holder);
        var pairing = (await _phone.ScanAsync(computer.QrText, "Pixel 9", Ct)).Value;

        _app.Clock.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal("expired_token", (await _phone.ExchangeCodeAsync(ct: Ct)).Problem!.Code);
        Assert.IsType<CheckCodeResult.Expired>(await computer.TypeAsync(pairing.PairingCode!));
        Assert.Equal("activation-over", (await _phone.ActivationAsync(Ct)).Problem!.Code);
    }

    [Fact]
    public async Task A_QR_code_on_the_portal_lives_ninety_seconds_and_is_good_once()
    {
        var computer = await _app.OpenActivationAsync(_holder);
        Assert.Null((await _phone.ScanAsync(computer.QrText, "Pixel 9", Ct)).Problem);
        Assert.Equal("invalid_grant", (await (await _app.NewPhoneAsync()).ScanAsync(computer.QrText, "iPhone", Ct)).Problem!.Code);

        var another = await _app.OpenActivationAsync(_holder);
        _app.Clock.Advance(TimeSpan.FromSeconds(90));
        Assert.Equal("expired_token", (await _phone.ScanAsync(another.QrText, "Pixel 9", Ct)).Problem!.Code);
    }

    [Fact]
    public async Task Cancelled_on_the_computer_it_is_over_on_the_phone()
    {
        var computer = await _app.OpenActivationAsync(_holder);
        await _phone.ScanAsync(computer.QrText, "Pixel 9", Ct);

        Assert.True(await computer.CancelAsync());

        Assert.Equal("access_denied", (await _phone.ExchangeCodeAsync(ct: Ct)).Problem!.Code);
    }

    [Fact]
    public async Task A_card_s_code_is_never_sent_by_SMS()
    {
        var computer = await _app.OpenActivationAsync(_holder);
        await _phone.ScanAsync(computer.QrText, "Pixel 9", Ct);

        Assert.Equal("sms-not-offered", (await _phone.SendSmsAsync(Ct)).Problem!.Code);
    }

    [Fact]
    [Trait("Requirement", "R2")]
    public async Task Of_fifty_confirmed_phones_that_ask_one_gets_the_enrolment_token()
    {
        var computer = await _app.OpenActivationAsync(_holder);
        var pairing = (await _phone.ScanAsync(computer.QrText, "Pixel 9", Ct)).Value;
        await computer.TypeAsync(pairing.PairingCode!);
        var copies = Enumerable.Range(0, 50).Select(_ => new SoftwarePhone(_app.Http(), _phone.State, _app.Clock)).ToList();

        var answers = await Task.WhenAll(copies.Select(copy => copy.ExchangeCodeAsync(ct: Ct)));

        Assert.Single(answers, answer => answer.Problem is null);
    }

    [Fact]
    [Trait("Requirement", "R2")]
    public async Task Of_fifty_enrolments_one_is_made()
    {
        var computer = await _app.OpenActivationAsync(_holder);
        await computer.TypeAsync((await _phone.ScanAsync(computer.QrText, "Pixel 9", Ct)).Value.PairingCode!);
        await _phone.ExchangeCodeAsync(ct: Ct);
        var copies = Enumerable.Range(0, 50).Select(_ => new SoftwarePhone(_app.Http(), _phone.State, _app.Clock)).ToList();

        var answers = await Task.WhenAll(copies.Select(copy => copy.EnrolAsync(Build.Pin, "Pixel 9", Ct)));

        Assert.Single(answers, answer => answer.Problem is null);
    }

    [Fact]
    public async Task A_phone_that_never_got_the_answer_asks_again_and_gets_it()
    {
        var computer = await _app.OpenActivationAsync(_holder);
        await computer.TypeAsync((await _phone.ScanAsync(computer.QrText, "Pixel 9", Ct)).Value.PairingCode!);
        await _phone.ExchangeCodeAsync(ct: Ct);
        var made = _phone.MakeKey((await _phone.EnrolmentOptionsAsync("Pixel 9", Ct)).Value).Value;
        var before = _phone.State;
        await _phone.EnrolAsync(made, Build.Pin, "Pixel 9", Ct);

        // Another key, or another PIN, is another phone's.
        var thief = new SoftwarePhone(_app.Http(), before, _app.Clock);
        Assert.Equal("activation-over", (await thief.EnrolAsync(made, "9182", "Pixel 9", Ct)).Problem!.Code);
        var other = made with { Credential = made.Credential with { Id = "AAAA" } };
        Assert.Equal("activation-over", (await new SoftwarePhone(_app.Http(), before, _app.Clock).EnrolAsync(other, Build.Pin, "Pixel 9", Ct)).Problem!.Code);

        var again = new SoftwarePhone(_app.Http(), before, _app.Clock);
        Assert.Null((await again.EnrolAsync(made, Build.Pin, "Pixel 9", Ct)).Problem);
        Assert.Null((await again.ECpsAsync(Ct)).Problem);
        Assert.Equal(401, (await _phone.ECpsAsync(Ct)).Problem!.Status);

        _app.Clock.Advance(TimeSpan.FromMinutes(10));
        var late = new SoftwarePhone(_app.Http(), before, _app.Clock);
        Assert.Equal("activation-over", (await late.EnrolAsync(made, Build.Pin, "Pixel 9", Ct)).Problem!.Code);
    }

    [Fact]
    public async Task Only_the_phone_app_has_these_grants()
    {
        var computer = await _app.OpenActivationAsync(_holder);
        var rp = await RelyingParty.RegisterAsync(_app);
        var form = new Dictionary<string, string?>
        {
            ["grant_type"] = "urn:prosanteconnect:params:oauth:grant-type:ecps-qr",
            ["qr_code"] = computer.QrText.Split('=')[1],
        };

        Assert.Equal("unauthorized_client", (await rp.TokenAsync(form)).Json.GetProperty("error").GetString());

        Assert.Null((await _phone.ScanAsync(computer.QrText, "Pixel 9", Ct)).Problem);
    }
}
