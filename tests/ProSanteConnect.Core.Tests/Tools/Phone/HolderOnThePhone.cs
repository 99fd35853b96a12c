using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using ProSanteConnect.Tools.Phone;
using static ProSanteConnect.Core.Tests.Tools.Phone.PhoneStates;

namespace ProSanteConnect.Core.Tests.Tools.Phone;

/// <summary>The calls of the software phone for the holder of an e-CPS, and what it stores of the responses.</summary>
public sealed class HolderOnThePhone
{
    private readonly ApiStandIn _api = new();
    private readonly FakeTimeProvider _clock = new(Start);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

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
        Assert.Each(_api.Calls, call => Assert.Equal("Bearer device", call.Authorization));
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

    [Fact]
    public async Task Notifications_are_subscribed_and_ended_with_empty_answers()
    {
        var phone = _api.Answers("PUT /ecps/v1/push-subscription", 204, "").Answers("DELETE /ecps/v1/push-subscription", 204, "").Phone(_clock, Activated());

        var subscribed = await phone.SubscribeAsync(new PushSubscriptionJson(new Uri("https://push.example.org/1"), new PushSubscriptionKeys("BAAA", "AAAA")), Ct);
        var ended = await phone.UnsubscribeAsync(Ct);

        Assert.Equal((null, null), (subscribed.Problem, ended.Problem));
        Assert.Equal("""{"endpoint":"https://push.example.org/1","keys":{"p256dh":"BAAA","auth":"AAAA"}}""", _api.Calls[0].Body);
    }
}
