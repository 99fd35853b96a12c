using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using ProSanteConnect.Core.Enrolment;
using ProSanteConnect.Tools.Phone;
using static ProSanteConnect.Core.Tests.Tools.Phone.PhonesOfATest;

namespace ProSanteConnect.Core.Tests.Tools.Phone;

/// <summary>What the software phone asks, and what it keeps of the answers.</summary>
public sealed class SoftwarePhoneCalls
{
    private const string Secret = "Zx3-_abcdefghijklmnopqrstuv";

    private readonly ApiStandIn _api = new();
    private readonly FakeTimeProvider _clock = new(Start);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_scanned_qr_code_is_presented_once_and_the_code_kept()
    {
        var phone = _api.Answers(ApiStandIn.Token, 200, ApiTexts.Pairing).Phone(_clock);

        var pairing = await phone.ScanAsync($"https://wallet.example.org/app/#qr={Secret}", "Pixel 9", Ct);

        Assert.Equal((ActivationMode.Card, "123456"), (pairing.Value.ActivationMode, pairing.Value.PairingCode));
        Assert.Equal(
            $"grant_type=urn%3Aprosanteconnect%3Aparams%3Aoauth%3Agrant-type%3Aecps-qr&client_id=ecps-app&qr_code={Secret}&device_name=Pixel+9",
            Assert.Single(_api.Calls).Body);
        var kept = phone.State.Activation!;
        Assert.Equal(("pairing", "Camille FICTIF", Start.AddMinutes(5)), (kept.PairingToken, kept.Holder, kept.CodeExpiresAt));
    }

    [Theory]
    [InlineData("Bonjour", "Ce QR code n'est pas une demande d'activation.")]
    [InlineData($"https://other.example.org/app/#qr={Secret}", "Ce QR code vient de https://other.example.org, et ce téléphone parle à https://wallet.example.org.")]
    public async Task What_is_no_request_of_this_server_is_not_sent(string text, string sentence)
    {
        var phone = _api.Phone(_clock);

        var scan = await phone.ScanAsync(text, "Pixel 9", Ct);
        var inspection = await phone.InspectAsync(text, Ct);

        Assert.Equal(new PhoneProblem(PhoneProblem.NotARequest, 0, sentence), scan.Problem);
        Assert.Equal(scan.Problem, inspection.Problem);
        Assert.Empty(_api.Calls);
    }

    [Theory]
    [InlineData("invalid_grant", "Ce QR code n'est pas une demande d'activation, ou il a déjà servi.")]
    [InlineData("expired_token", "Ce QR code n'est plus valable.")]
    public async Task A_qr_code_that_is_refused_begins_nothing(string error, string sentence)
    {
        var phone = _api.Answers(ApiStandIn.Token, 400, $$"""{ "error": "{{error}}", "error_description": "Something for developers." }""").Phone(_clock);

        var pairing = await phone.ScanAsync(Secret, "Pixel 9", Ct);

        Assert.Equal(new PhoneProblem(error, 400, sentence), pairing.Problem);
        Assert.Null(phone.State.Activation);
    }

    [Fact]
    public async Task A_phone_waits_for_the_computer_as_slowly_as_the_server_wants()
    {
        var clock = new HurriedClock();
        var phone = _api.Answers(ApiStandIn.Token, 200, ApiTexts.Pairing)
            .Answers(ApiStandIn.Token, 400, """{ "error": "authorization_pending" }""")
            .Answers(ApiStandIn.Token, 400, """{ "error": "slow_down" }""")
            .Answers(ApiStandIn.Token, 503, "")
            .Answers(ApiStandIn.Token, 200, ApiTexts.EnrolmentToken)
            .Phone(clock);
        await phone.ScanAsync(Secret, "Pixel 9", Ct);

        var confirmed = await phone.WaitForComputerAsync(Ct);

        Assert.Equal("enrolment", confirmed.Value.AccessToken);
        Assert.Equal([2, 2, 7, 7], clock.Waits.Select(wait => wait.TotalSeconds));
        Assert.Equal("enrolment", phone.State.Activation!.Token);
        Assert.DoesNotContain("&code=", _api.Calls[^1].Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("expired_token", "Le code n'est plus valable.", true)]
    [InlineData("access_denied", "L'activation a été annulée, ou le code mal saisi trop de fois. Recommencez avec un nouveau QR code.", false)]
    [InlineData("invalid_grant", "Cette activation est terminée. Recommencez avec un nouveau QR code.", false)]
    [InlineData("server_error", "Something for developers.", true)]
    public async Task Waiting_ends_with_a_sentence_for_the_holder(string error, string sentence, bool kept)
    {
        var phone = _api.Answers(ApiStandIn.Token, 200, ApiTexts.Pairing)
            .Answers(ApiStandIn.Token, 400, $$"""{ "error": "{{error}}", "error_description": "Something for developers." }""")
            .Phone(new HurriedClock());
        await phone.ScanAsync(Secret, "Pixel 9", Ct);

        var confirmed = await phone.WaitForComputerAsync(Ct);

        Assert.Equal(new PhoneProblem(error, 400, sentence), confirmed.Problem);
        Assert.Equal(kept, phone.State.Activation is not null);
    }

    [Fact]
    public async Task A_wrong_code_says_how_many_tries_are_left_and_the_activation_goes_on()
    {
        var phone = _api.Answers(ApiStandIn.Token, 200, ApiTexts.PairingByContactDetails)
            .Answers(ApiStandIn.Token, 400, """{ "error": "invalid_grant", "error_description": "The code is wrong.", "attempts_left": 2 }""")
            .Answers(ApiStandIn.Token, 200, ApiTexts.EnrolmentToken)
            .Phone(_clock);
        await phone.ScanAsync(Secret, "Pixel 9", Ct);

        var wrong = await phone.ExchangeCodeAsync("000000", Ct);
        var right = await phone.ExchangeCodeAsync("123456", Ct);

        Assert.Equal(new PhoneProblem("invalid_grant", 400, "Code incorrect, il vous reste 2 essais.") { AttemptsLeft = 2 }, wrong.Problem);
        Assert.Null(right.Problem);
        Assert.EndsWith("ecps-code&client_id=ecps-app&pairing_token=pairing&code=123456", _api.Calls[^1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_pin_consumes_nothing_and_another_one_enrols()
    {
        var phone = _api.Answers(ApiStandIn.Token, 200, ApiTexts.Pairing).Answers(ApiStandIn.Token, 200, ApiTexts.EnrolmentToken)
            .Answers("POST /ecps/v1/enrolment/options", 200, ApiTexts.Creation)
            .Answers("POST /ecps/v1/enrolment", 422, ApiTexts.Problem("pin-too-simple", "Ce code PIN est trop facile à deviner."))
            .Answers("POST /ecps/v1/enrolment", 201, ApiTexts.Enrolled)
            .Phone(_clock);
        await phone.ScanAsync(Secret, "Pixel 9", Ct);
        await phone.ExchangeCodeAsync(ct: Ct);

        var refused = await phone.EnrolAsync("1234", "Pixel 9", Ct);
        var enrolled = await phone.EnrolAsync("2580", "Pixel 9", Ct);

        Assert.Equal(("pin-too-simple", 422), (refused.Problem!.Code, refused.Problem.Status));
        Assert.Equal("898765000017", enrolled.Value.ECps.NationalId);
        Assert.Null(phone.State.Activation);
        Assert.Equal(("device", Start), (phone.State.Phone!.DeviceToken, phone.State.Phone.RotatedAt));
        var sent = JsonSerializer.Deserialize<JsonElement>(_api.Calls[^1].Body);
        Assert.Equal("Bearer enrolment", _api.Calls[^1].Authorization);
        Assert.Equal(["appVersion", "ceremony", "conditionsVersion", "credential", "deviceName", "operatingSystem", "pin"],
            sent.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal));
        Assert.Equal(phone.State.Phone.Key.Id, sent.GetProperty("credential").GetProperty("id").GetString());
    }

    [Fact]
    public async Task An_approval_is_a_challenge_for_the_number_then_a_signature_with_the_pin()
    {
        var phone = _api.Answers("POST /ecps/v1/requests/r1/challenge", 200, ApiTexts.Challenge)
            .Answers("POST /ecps/v1/requests/r1/approve", 200, """{ "outcome": "approved", "returnUri": "https://wallet.example.org/retour" }""")
            .Phone(_clock, Activated());

        var answered = await phone.ApproveAsync("r1", "07", "2580", Ct);

        Assert.Equal(new Answered("approved", new Uri("https://wallet.example.org/retour")), answered.Value);
        Assert.Equal("""{"number":"07"}""", _api.Calls[0].Body);
        var sent = JsonSerializer.Deserialize<JsonElement>(_api.Calls[1].Body);
        Assert.Equal(("c2", "2580"), (sent.GetProperty("ceremony").GetString(), sent.GetProperty("pin").GetString()));
        Assert.True(sent.GetProperty("assertion").GetProperty("response").TryGetProperty("clientDataJSON", out _));
        Assert.All(_api.Calls, call => Assert.Equal("Bearer device", call.Authorization));
    }

    [Fact]
    public async Task The_counter_is_kept_before_the_signature_is_sent()
    {
        var key = PhoneKey.Generate() with { Counter = 7 };
        var kept = new List<uint>();
        _api.Answers("POST /ecps/v1/requests/r1/challenge", 200, ApiTexts.Challenge)
            .Answers("POST /ecps/v1/requests/r1/approve", () => throw new HttpRequestException($"after {kept.Count}"));
        var phone = new SoftwarePhone(new HttpClient(_api.Line()), Activated(key), _clock) { Kept = state => kept.Add(state.Phone!.Key.Counter) };

        var answered = await phone.ApproveAsync("r1", "42", "2580", Ct);

        Assert.Equal([8u], kept);
        Assert.Equal(new PhoneProblem(PhoneProblem.NoAnswer, 0, "https://wallet.example.org ne répond pas : after 1"), answered.Problem);
    }

    [Fact]
    public async Task A_challenge_for_another_site_is_not_signed()
    {
        var phone = _api.Answers("POST /ecps/v1/e-cps/challenge", 200, ApiTexts.Challenge.Replace("wallet.example.org", "evil.example", StringComparison.Ordinal))
            .Phone(_clock, Activated());

        var ended = await phone.DeactivateAsync(ECpsAction.ForgottenPin, Ct);

        Assert.Equal(PhoneProblem.CeremonyRefused, ended.Problem!.Code);
        Assert.Equal("""{"action":"forgotten-pin"}""", Assert.Single(_api.Calls).Body);
        Assert.Equal(0u, phone.State.Phone!.Key.Counter);
    }

    [Fact]
    public async Task An_ended_e_CPS_is_still_asked_for_and_says_why()
    {
        var phone = _api.Answers("POST /ecps/v1/e-cps/challenge", 200, ApiTexts.Challenge)
            .Answers("POST /ecps/v1/e-cps/deactivate", 200, """{ "state": "inactive", "reason": "deleted", "since": "2026-01-01T08:00:00Z" }""")
            .Answers("GET /ecps/v1/e-cps", 410, ApiTexts.Problem("e-cps-inactive", "Votre e-CPS est inactive.", """, "reason": "deleted", "since": "2026-01-01T08:00:00Z" """))
            .Phone(_clock, Activated());

        var ended = await phone.DeactivateAsync(ECpsAction.Delete, Ct);
        var asked = await phone.ECpsAsync(Ct);

        Assert.Equal(new InactiveECps("deleted", Start), ended.Value);
        Assert.Equal(("e-cps-inactive", "deleted", Start, true), (asked.Problem!.Code, asked.Problem.Reason, asked.Problem.Since, asked.Problem.EndsDevice));
    }

    [Fact]
    public async Task A_device_token_is_rotated_once_a_day()
    {
        var phone = _api.Answers("POST /ecps/v1/device-token", 503, "")
            .Answers("POST /ecps/v1/device-token", 200, """{ "deviceToken": "second", "deviceTokenExpiresAt": "2026-04-02T08:00:00Z" }""")
            .Phone(_clock, Activated());

        await phone.RotateWhenDueAsync(Ct);
        Assert.Empty(_api.Calls);

        _clock.Advance(TimeSpan.FromDays(1));
        await phone.RotateWhenDueAsync(Ct);
        Assert.Equal("device", phone.State.DeviceToken);

        await phone.RotateWhenDueAsync(Ct);
        await phone.RotateWhenDueAsync(Ct);
        Assert.Equal(("second", 2), (phone.State.DeviceToken, _api.Calls.Count));
    }

    [Theory]
    [InlineData("POST /ecps/v1/activation-requests", """{"rpps":"98765000017"}""")]
    [InlineData("POST /ecps/v1/rpps-search", """{"email":"camille@example.org","phone":"0639980001"}""")]
    [InlineData("POST /ecps/v1/activation/inspect", $$"""{"qrCode":"{{Secret}}"}""")]
    [InlineData("GET /ecps/v1/push-key", "")]
    public async Task Before_any_token_no_token_is_sent(string call, string body)
    {
        var phone = _api.Answers("POST /ecps/v1/activation-requests", 202, "{}")
            .Answers("POST /ecps/v1/rpps-search", 200, """{ "rpps": "98765000017" }""")
            .Answers("POST /ecps/v1/activation/inspect", 200, """{ "mode": "contact_details", "holder": "Camille F.", "expiresAt": "2026-01-01T09:00:00Z" }""")
            .Answers("GET /ecps/v1/push-key", 200, """{ "publicKey": "BAAA" }""")
            .Phone(_clock, Activated());

        Assert.Null((await phone.RequestActivationAsync("98765000017", Ct)).Problem);
        Assert.Equal("98765000017", (await phone.SearchRppsAsync("camille@example.org", "0639980001", Ct)).Value.Rpps);
        Assert.Equal(new Inspection(ActivationMode.ContactDetails, "Camille F.", Start.AddHours(1)), (await phone.InspectAsync(Secret, Ct)).Value);
        Assert.Equal("BAAA", (await phone.PushKeyAsync(Ct)).Value.PublicKey);

        Assert.Equal(new ApiStandIn.Call(call, null, body), _api.Calls.Single(c => c.Name == call));
        Assert.Equal(Start, phone.State.MailRequestedAt);
    }

    [Fact]
    public async Task Notifications_are_subscribed_and_ended_with_empty_answers()
    {
        var phone = _api.Answers("PUT /ecps/v1/push-subscription", 204, "").Answers("DELETE /ecps/v1/push-subscription", 204, "").Phone(_clock, Activated());

        var subscribed = await phone.SubscribeAsync(new PushAddress(new Uri("https://push.example.org/1"), new PushAddressKeys("BAAA", "AAAA")), Ct);
        var ended = await phone.UnsubscribeAsync(Ct);

        Assert.Equal((null, null), (subscribed.Problem, ended.Problem));
        Assert.Equal("""{"endpoint":"https://push.example.org/1","keys":{"p256dh":"BAAA","auth":"AAAA"}}""", _api.Calls[0].Body);
    }
}
