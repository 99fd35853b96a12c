using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using ProSanteConnect.Core.Devices;
using ProSanteConnect.Tools.Phone;
using static ProSanteConnect.Core.Tests.Tools.Phone.PhoneStates;

namespace ProSanteConnect.Core.Tests.Tools.Phone;

/// <summary>The calls of the software phone from the QR code to the PIN, and what it stores of the responses.</summary>
public sealed class ActivationFromThePhone
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
    [InlineData("invalid_grant", "Cette activation est interrompue. Recommencez avec un nouveau QR code.", false)]
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
}
