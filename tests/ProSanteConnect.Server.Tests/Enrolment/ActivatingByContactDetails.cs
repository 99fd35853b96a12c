using ProSanteConnect.Core.Delivery;
using ProSanteConnect.Core.Devices;
using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Core.Security;
using ProSanteConnect.Testing;
using ProSanteConnect.Tools.Phone;

namespace ProSanteConnect.Server.Tests.Enrolment;

/// <summary>Steps B1 to B9 over the public API: mail, SMS and PIN (ecps-cpx-directory §0.4).</summary>
public sealed class ActivatingByContactDetails : IAsyncLifetime
{
    private readonly RecordingDelivery _messages = new();
    private PscApp _app = null!;
    private Practitioner _holder = null!;
    private SoftwarePhone _phone = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Rpps => _holder.NationalId[1..];

    public async ValueTask InitializeAsync()
    {
        _app = await PscApp.StartAsync(configure: builder => _messages.AddTo(builder.Services));
        _holder = await _app.AddAsync(Reachable());
        _phone = await _app.NewPhoneAsync();
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    [Trait("Requirement", "B3")]
    [Trait("Requirement", "B4")]
    [Trait("Requirement", "B6")]
    [Trait("Requirement", "B7")]
    [Trait("Requirement", "B8")]
    [Trait("Requirement", "B9")]
    public async Task B1_to_B9_a_phone_becomes_an_e_CPS_with_mail_SMS_and_PIN()
    {
        Assert.Null((await _phone.RequestActivationAsync(Rpps, Ct)).Problem);                      // B3
        var mail = await _messages.NextAsync<ActivationQr>(Ct);                                    // B4
        var pairing = (await _phone.ScanAsync(QrTextOf(mail), "Pixel 9", Ct)).Value;               // B5b
        Assert.Equal(ActivationMode.ContactDetails, pairing.ActivationMode);
        Assert.Null(pairing.PairingCode);
        Assert.Equal("06 •• •• •• 21", pairing.MaskedPhone);

        var sent = (await _phone.SendSmsAsync(Ct)).Value;                                          // B6
        Assert.Equal("06 •• •• •• 21", sent.MaskedPhone);
        var sms = await _messages.NextAsync<ActivationCodeSms>(Ct);
        Assert.Equal(5, sms.Minutes);
        Assert.Null((await _phone.ExchangeCodeAsync(sms.Code, Ct)).Problem);                       // B7
        Assert.Equal("confirmed", (await _phone.ActivationAsync(Ct)).Value.Status);

        var enrolled = (await _phone.EnrolAsync(Build.Pin, "Pixel 9", Ct)).Value;                      // B8
        Assert.Equal(ActivationMode.ContactDetails, enrolled.ECps.Mode);                           // B9
        Assert.Equal(_app.Clock.GetUtcNow().AddYears(3), enrolled.ECps.ExpiresAt);
        Assert.Equal(enrolled.ECps, (await _phone.ECpsAsync(Ct)).Value);
        Assert.Equal("contact-details", (await _messages.NextAsync<ECpsActivated>(Ct)).Mode);
        await _messages.NextAsync<ActivationNoticeSms>(Ct);
    }

    [Fact]
    [Trait("Requirement", "B5a")]
    public async Task B5a_the_link_of_the_mail_shows_whose_request_it_is_and_consumes_nothing()
    {
        var qrText = QrTextOf(await AskForMailAsync());

        for (var look = 0; look < 3; look++)
        {
            var inspected = (await _phone.InspectAsync(qrText, Ct)).Value;
            Assert.Equal(ActivationMode.ContactDetails, inspected.Mode);
            Assert.Equal($"{_holder.GivenName} {_holder.FamilyName[0]}.", inspected.Holder);
            Assert.Equal(_app.Clock.GetUtcNow().AddHours(1), inspected.ExpiresAt);
        }

        Assert.Null((await _phone.ScanAsync(qrText, "Pixel 9", Ct)).Problem);
        Assert.Equal("qr-code-expired", (await _phone.InspectAsync(qrText, Ct)).Problem!.Code);
    }

    [Fact]
    public async Task A_mailed_QR_code_lives_one_hour()
    {
        var qrText = QrTextOf(await AskForMailAsync());

        _app.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal("qr-code-expired", (await _phone.InspectAsync(qrText, Ct)).Problem!.Code);
        Assert.Equal("expired_token", (await _phone.ScanAsync(qrText, "Pixel 9", Ct)).Problem!.Code);

        var unknown = SecretToken.Generate().Value;
        Assert.Equal("invalid_grant", (await _phone.ScanAsync(unknown, "Pixel 9", Ct)).Problem!.Code);
        Assert.Equal("qr-code-unknown", (await _phone.InspectAsync(unknown, Ct)).Problem!.Code);
    }

    [Fact]
    [Trait("Requirement", "R2")]
    public async Task Of_fifty_phones_that_present_a_QR_code_one_is_paired()
    {
        var qrText = QrTextOf(await AskForMailAsync());
        var phones = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => _app.NewPhoneAsync()));

        var answers = await Task.WhenAll(phones.Select(phone => phone.ScanAsync(qrText, "Pixel 9", Ct)));

        Assert.Single(answers, answer => answer.Problem is null);
        Assert.Each(answers.Where(answer => answer.Problem is not null), answer => Assert.Equal("invalid_grant", answer.Problem!.Code));
    }

    [Fact]
    public async Task A_wrong_code_says_how_many_tries_are_left_and_the_third_ends_this_code_alone()
    {
        var code = await PairAndSendAsync();
        var wrong = code == "000000" ? "000001" : "000000";

        Assert.Equal(2, (await _phone.ExchangeCodeAsync(wrong, Ct)).Problem!.AttemptsLeft);
        Assert.Equal(1, (await _phone.ExchangeCodeAsync(wrong, Ct)).Problem!.AttemptsLeft);
        var state = _phone.State;
        Assert.Equal("access_denied", (await _phone.ExchangeCodeAsync(wrong, Ct)).Problem!.Code);

        // The phone that asks for another SMS goes on.
        var again = new SoftwarePhone(_app.Http(), state, _app.Clock);
        Assert.Equal("access_denied", (await new SoftwarePhone(_app.Http(), state, _app.Clock).ExchangeCodeAsync(code, Ct)).Problem!.Code);
        _app.Clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(1, (await again.SendSmsAsync(Ct)).Value.SendsLeft);
        Assert.Null((await again.ExchangeCodeAsync((await _messages.NextAsync<ActivationCodeSms>(Ct)).Code, Ct)).Problem);
    }

    [Fact]
    [Trait("Requirement", "R2")]
    public async Task Of_fifty_calls_with_the_right_code_one_gets_the_enrolment_token()
    {
        var code = await PairAndSendAsync();
        var phones = Enumerable.Range(0, 50).Select(_ => new SoftwarePhone(_app.Http(), _phone.State, _app.Clock)).ToList();

        var answers = await Task.WhenAll(phones.Select(phone => phone.ExchangeCodeAsync(code, Ct)));

        Assert.Single(answers, answer => answer.Problem is null);
    }

    [Fact]
    public async Task A_code_lives_five_minutes_and_an_SMS_waits_a_minute_for_the_next()
    {
        var code = await PairAndSendAsync();
        var tooOften = (await _phone.SendSmsAsync(Ct)).Problem!;
        Assert.Equal(("sms-too-often", 429), (tooOften.Code, tooOften.Status));
        Assert.Equal(_app.Clock.GetUtcNow().AddSeconds(60), tooOften.ResendAt);

        _app.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal("expired_token", (await _phone.ExchangeCodeAsync(code, Ct)).Problem!.Code);

        Assert.Equal(1, (await _phone.SendSmsAsync(Ct)).Value.SendsLeft);
        _app.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(0, (await _phone.SendSmsAsync(Ct)).Value.SendsLeft);
        _app.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("sms-exhausted", (await _phone.SendSmsAsync(Ct)).Problem!.Code);
    }

    [Fact]
    [Trait("Requirement", "ASVS-6.3.8")]
    public async Task Nobody_learns_from_the_answer_who_is_in_the_directory()
    {
        var mssante = await _app.AddAsync(Reachable("899700000013", practitioner => practitioner.ContactEmail = "camille@medecin.mssante.fr"));
        var unreachable = await _app.AddAsync(Reachable("899700000021", practitioner => practitioner.ContactPhone = ""));
        string[] identifiers = [Rpps, _holder.NationalId, "899799999995", mssante.NationalId, unreachable.NationalId];

        var answers = new List<string>();
        foreach (var identifier in identifiers)
        {
            var response = await PostAsync("/activation-requests", $$"""{"rpps":"{{identifier}}"}""");
            answers.Add($"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync(Ct)}");
        }

        Assert.Each(answers, answer => Assert.Equal("202 {}", answer));
        Assert.Equal(400, (await _phone.RequestActivationAsync("12345", Ct)).Problem!.Status);
        Assert.Equal("rpps-malformed", (await _phone.RequestActivationAsync("012345678", Ct)).Problem!.Code);
    }

    [Fact]
    public async Task Five_mails_a_day_go_to_one_holder_and_the_sixth_is_answered_the_same()
    {
        for (var i = 0; i < 6; i++) Assert.Null((await _phone.RequestActivationAsync(Rpps, Ct)).Problem);

        for (var i = 0; i < 5; i++) await _messages.NextAsync<ActivationQr>(Ct);
        await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, Ct);
        Assert.Equal(5, _messages.Messages.Count(message => message.Content.Model is ActivationQr));
    }

    [Fact]
    public async Task A_trivial_PIN_is_refused_and_the_same_key_may_come_with_another()
    {
        await _phone.ExchangeCodeAsync(await PairAndSendAsync(), Ct);
        var made = _phone.MakeKey((await _phone.EnrolmentOptionsAsync("Pixel 9", Ct)).Value).Value;

        Assert.Equal("pin-too-simple", (await _phone.EnrolAsync(made, "1234", "Pixel 9", Ct)).Problem!.Code);
        Assert.Equal("pin-too-simple", (await _phone.EnrolAsync(made, _holder.NationalId[2..6], "Pixel 9", Ct)).Problem!.Code);
        Assert.Equal("pin-malformed", (await _phone.EnrolAsync(made, "27", "Pixel 9", Ct)).Problem!.Code);

        Assert.Null((await _phone.EnrolAsync(made, Build.Pin, "Pixel 9", Ct)).Problem);
    }

    [Fact]
    public async Task A_key_for_another_site_challenge_or_ceremony_is_refused_and_the_activation_goes_on()
    {
        await _phone.ExchangeCodeAsync(await PairAndSendAsync(), Ct);
        Deviations[] lies =
        [
            new() { Origin = "https://psc.example" },
            new() { Challenge = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" },
            new() { RpId = "psc.example" },
            new() { Type = "webauthn.get" },
            new() { UserPresent = false },
        ];
        foreach (var lie in lies)
        {
            _phone.Deviations = lie;
            var refused = (await _phone.EnrolAsync(Build.Pin, "Pixel 9", Ct)).Problem;
            Assert.True(refused is { Code: "credential-refused", Status: 422 }, $"{lie}: {refused}");
        }

        _phone.Deviations = new Deviations();
        Assert.Null((await _phone.EnrolAsync(Build.Pin, "Pixel 9", Ct)).Problem);
    }

    [Fact]
    public async Task Only_the_enrolment_token_registers_a_key()
    {
        await PairAndSendAsync();

        var problem = (await _phone.EnrolmentOptionsAsync("Pixel 9", Ct)).Problem!;

        Assert.Equal(("token-invalid", 401), (problem.Code, problem.Status));
    }

    [Fact]
    public async Task A_new_activation_replaces_the_old_e_CPS_once_it_is_complete_and_not_before()
    {
        var former = await _app.EnrolledPhoneAsync(_holder);
        await _phone.ExchangeCodeAsync(await PairAndSendAsync(), Ct);
        Assert.Equal(SoftwarePhones.DeviceName, (await _phone.ActivationAsync(Ct)).Value.Replaces);
        Assert.Null((await former.ECpsAsync(Ct)).Problem);

        await _phone.EnrolAsync(Build.Pin, "iPhone 18", Ct);

        var inactive = (await former.ECpsAsync(Ct)).Problem!;
        Assert.Equal(("e-cps-inactive", 410, "replaced"), (inactive.Code, inactive.Status, inactive.Reason));
        Assert.Equal("iPhone 18", (await _messages.NextAsync<ECpsReplaced>(Ct)).DeviceName);
    }

    private static Practitioner Reachable(string nationalId = "898765000017", Action<Practitioner>? change = null)
    {
        var practitioner = Build.Practitioner(nationalId);
        practitioner.ContactEmail = $"{nationalId}@cabinet.example";
        practitioner.ContactPhone = "+33639980021";
        change?.Invoke(practitioner);
        return practitioner;
    }

    private static string QrTextOf(ActivationQr mail) => PscApp.Origin + mail.QrPath;

    private async Task<ActivationQr> AskForMailAsync()
    {
        await _phone.RequestActivationAsync(Rpps, Ct);
        return await _messages.NextAsync<ActivationQr>(Ct);
    }

    private async Task<string> PairAndSendAsync()
    {
        await _phone.ScanAsync(QrTextOf(await AskForMailAsync()), "Pixel 9", Ct);
        await _phone.SendSmsAsync(Ct);
        return (await _messages.NextAsync<ActivationCodeSms>(Ct)).Code;
    }

    private Task<HttpResponseMessage> PostAsync(string path, string json) =>
        _app.Http().PostAsync("/ecps/v1" + path, new StringContent(json, System.Text.Encoding.UTF8, "application/json"), Ct);
}
