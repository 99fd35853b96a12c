using Microsoft.Extensions.DependencyInjection;
using ProSanteConnect.Core.Delivery;
using ProSanteConnect.Core.Devices;
using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Server.Delivery.Push;
using ProSanteConnect.Server.Devices.Holder;
using ProSanteConnect.Server.Shared.Changes;
using ProSanteConnect.Testing;
using ProSanteConnect.Tools.Phone;

namespace ProSanteConnect.Server.Tests.Devices;

/// <summary>The endpoints for the holder's own e-CPS (steps S1 and S2).</summary>
public sealed class HoldingAnECps : IAsyncLifetime
{
    private readonly RecordingDelivery _messages = new();
    private PscApp _app = null!;
    private Practitioner _holder = null!;
    private SoftwarePhone _phone = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _app = await PscApp.StartAsync(configure: builder =>
        {
            _messages.AddTo(builder.Services);
            builder.Services.AddSingleton(PushReach.ThisMachine);
        });
        _holder = await _app.AddAsync(Build.Practitioner());
        _phone = await _app.EnrolledPhoneAsync(_holder);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task The_phone_shows_whose_it_is_and_until_when()
    {
        var eCps = (await _phone.ECpsAsync(Ct)).Value;

        Assert.Equal(("Camille FICTIF", _holder.NationalId, "Médecin"), (eCps.Holder, eCps.NationalId, eCps.Profession));
        Assert.Equal((false, 4, 3, false), (eCps.Renewable, eCps.PinLength, eCps.AttemptsLeft, eCps.Push));
        Assert.Equal(_app.Clock.GetUtcNow().AddYears(3), eCps.ExpiresAt);
    }

    [Theory]
    [Trait("Requirement", "S1.2")]
    [Trait("Requirement", "S2.3")]
    [InlineData(ECpsAction.Delete, "deleted")]
    [InlineData(ECpsAction.ForgottenPin, "forgotten-pin")]
    public async Task S1_and_S2_the_key_alone_ends_the_e_CPS_at_once_and_the_holder_is_told(ECpsAction action, string reason)
    {
        var request = await _app.AskAsync(_holder.NationalId);

        Assert.Equal(reason, (await _phone.DeactivateAsync(action, Ct)).Value.Reason);

        var inactive = (await _phone.ECpsAsync(Ct)).Problem!;
        Assert.Equal(("e-cps-inactive", 410, reason, _app.Clock.GetUtcNow()), (inactive.Code, inactive.Status, inactive.Reason, inactive.Since!.Value));
        Assert.Equal(reason, (await _phone.ApproveAsync($"{request.Id}", request.Number, Build.Pin, Ct)).Problem!.Reason);
        Assert.Equal(reason, (await _messages.NextAsync<ECpsDeactivated>(Ct)).Reason);
        Assert.True((await _app.AskAsync(_holder.NationalId)).IsDecoy);

        var again = await _app.EnrolledPhoneAsync(_holder);
        Assert.Null((await again.ECpsAsync(Ct)).Problem);
    }

    [Fact]
    [Trait("Requirement", "T9")]
    public async Task A_deletion_that_the_key_did_not_sign_deletes_nothing()
    {
        _phone.Deviations = new Deviations { BreaksSignature = true };
        Assert.Equal("assertion-refused", (await _phone.DeactivateAsync(ECpsAction.Delete, Ct)).Problem!.Code);

        _phone.Deviations = new Deviations();
        var renewal = _phone.Sign((await _phone.ChallengeAsync(ECpsAction.Renew, Ct)).Value).Value;
        Assert.Equal("assertion-refused", (await _phone.DeactivateAsync(renewal, Ct)).Problem!.Code);

        Assert.Null((await _phone.ECpsAsync(Ct)).Problem);
    }

    [Fact]
    public async Task The_device_token_rotates_and_a_lost_answer_locks_nobody_out()
    {
        var before = _phone.State;
        await _phone.RotateDeviceTokenAsync(Ct);
        var lost = new SoftwarePhone(_app.Http(), before, _app.Clock);

        // A phone that did not receive the new token continues with the old one and rotates again.
        Assert.Null((await lost.ECpsAsync(Ct)).Problem);
        await lost.RotateDeviceTokenAsync(Ct);
        Assert.Null((await lost.ECpsAsync(Ct)).Problem);

        Assert.Equal(("token-invalid", 401), await ProblemOf(new SoftwarePhone(_app.Http(), before, _app.Clock)));
        Assert.Equal(("token-invalid", 401), await ProblemOf(_phone));
    }

    [Fact]
    public async Task Without_a_token_or_with_another_s_the_API_knows_nobody()
    {
        foreach (var path in new[] { "e-cps", "requests", "history", "events", "activation" })
        {
            using var none = await _app.Http().GetAsync($"/ecps/v1/{path}", Ct);
            Assert.Equal(System.Net.HttpStatusCode.Unauthorized, none.StatusCode);
            Assert.Equal("Bearer realm=\"ecps\"", none.Headers.WwwAuthenticate.ToString());
            Assert.Equal("application/problem+json", none.Content.Headers.ContentType!.MediaType);
        }

        using var http = _app.Http();
        http.DefaultRequestHeaders.Authorization = new("Bearer", _phone.State.DeviceToken);
        using var wrongKind = await http.GetAsync("/ecps/v1/activation", Ct);
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, wrongKind.StatusCode);
    }

    [Fact]
    public async Task Renewal_is_one_step_in_the_last_ninety_days()
    {
        Assert.Equal(("too-early", 409), await ProblemOf(() => _phone.RenewAsync(Build.Pin, Ct)));

        _app.Clock.Advance((await _phone.ECpsAsync(Ct)).Value.ExpiresAt - _app.Clock.GetUtcNow() - TimeSpan.FromDays(90));
        Assert.True((await _phone.ECpsAsync(Ct)).Value.Renewable);
        Assert.Equal(2, (await _phone.RenewAsync("9182", Ct)).Problem!.AttemptsLeft);

        var renewed = (await _phone.RenewAsync(Build.Pin, Ct)).Value;
        Assert.Equal(_app.Clock.GetUtcNow().AddYears(3), renewed.ExpiresAt);
        Assert.False(renewed.Renewable);
        await _messages.NextAsync<ECpsRenewed>(Ct);
    }

    [Fact]
    public async Task Its_end_is_announced_60_30_and_7_days_before_and_then_it_is_expired()
    {
        var end = (await _phone.ECpsAsync(Ct)).Value.ExpiresAt;
        foreach (var days in new[] { 60, 30, 7 })
        {
            _app.Clock.Advance(end.AddDays(-days) - _app.Clock.GetUtcNow());
            await RunUpkeepAsync();
            await RunUpkeepAsync();
            Assert.Equal(days, (await _messages.NextAsync<ECpsExpiresSoon>(Ct)).Days);
        }

        _app.Clock.Advance(TimeSpan.FromDays(7));
        Assert.Equal("expired", (await _phone.ECpsAsync(Ct)).Problem!.Reason);
        Assert.Equal(3, _messages.Messages.Count(message => message.Content.Model is ECpsExpiresSoon));
    }

    [Fact]
    public async Task Whoever_the_directory_lists_again_within_a_day_has_the_same_e_CPS_again()
    {
        var listed = _holder.DelistedAt;
        await DelistAsync(_app.Clock.GetUtcNow());
        _app.Clock.Advance(TimeSpan.FromHours(23));
        await RunUpkeepAsync();
        Assert.Equal("delisted", (await _phone.ECpsAsync(Ct)).Problem!.Reason);

        await DelistAsync(listed);
        await RunUpkeepAsync();

        Assert.Null((await _phone.ECpsAsync(Ct)).Problem);
    }

    [Fact]
    public async Task Whoever_the_directory_no_longer_lists_has_no_e_CPS()
    {
        await DelistAsync(_app.Clock.GetUtcNow().AddHours(-24));

        Assert.Equal("delisted", (await _phone.ECpsAsync(Ct)).Problem!.Reason);
        await RunUpkeepAsync();
        Assert.Equal(DeactivationReason.Delisted, (await _app.ReadECpsAsync(_phone)).DeactivationReason);
    }

    private async Task DelistAsync(DateTimeOffset? at)
    {
        await using var db = _app.Database.Open();
        db.Practitioners.Attach(_holder);
        _holder.DelistedAt = at;
        await db.SaveChangesAsync(Ct);
    }

    [Fact]
    public async Task The_history_tells_what_happened_in_sentences()
    {
        var request = await _app.AskAsync(_holder.NationalId);
        await _phone.DenyAsync($"{request.Id}", ct: Ct);

        var history = (await _phone.HistoryAsync(Ct)).Value.Entries;

        Assert.Equal("ApprovalDenied", history[0].Event);
        Assert.Each(history, entry => Assert.NotEmpty(entry.Sentence));
        Assert.Contains(history, entry => entry.Event == "ECpsActivated");
    }

    [Fact]
    public async Task A_push_subscription_wakes_the_phone_at_each_request()
    {
        Assert.Equal(_app.Services.GetRequiredService<VapidKeys>().PublicKey, (await _phone.PushKeyAsync(Ct)).Value.PublicKey);
        var keys = new PushSubscriptionKeys(new string('B', 86) + "A", new string('A', 22));
        Assert.Null((await _phone.SubscribeAsync(new PushSubscriptionJson(new Uri("http://localhost:9/push/1"), keys), Ct)).Problem);
        Assert.True((await _phone.ECpsAsync(Ct)).Value.Push);

        var request = await _app.AskAsync(_holder.NationalId);
        Assert.Equal(request.Id, (await _messages.NextAsync<SignInRequestWaits>(Ct)).Request);

        await _phone.UnsubscribeAsync(Ct);
        Assert.False((await _phone.ECpsAsync(Ct)).Value.Push);
    }

    [Theory]
    [InlineData("http://127.0.0.1:9/", "https://push.example.org/abc")]
    [InlineData("https://10.0.0.1/", "ftp://localhost/")]
    public async Task A_subscription_to_where_no_push_service_can_be_is_refused(params string[] endpoints)
    {
        await using var app = await PscApp.StartAsync();
        var holder = await app.AddAsync(Build.Practitioner());
        var phone = await app.EnrolledPhoneAsync(holder);
        var keys = new PushSubscriptionKeys(new string('B', 86) + "A", new string('A', 22));

        Assert.Equal("push-malformed", (await phone.SubscribeAsync(new PushSubscriptionJson(new Uri(endpoints[0]), keys), Ct)).Problem!.Code);
        Assert.Equal("push-malformed", (await _phone.SubscribeAsync(new PushSubscriptionJson(new Uri(endpoints[1]), keys), Ct)).Problem!.Code);
        Assert.Equal(
            "push-malformed",
            (await _phone.SubscribeAsync(new PushSubscriptionJson(new Uri("http://localhost:9/"), new PushSubscriptionKeys("AAAA", "AAAA")), Ct)).Problem!.Code);
    }

    [Fact]
    public async Task A_gone_push_subscription_is_forgotten_unless_the_phone_made_another()
    {
        var keys = new PushSubscriptionKeys(new string('B', 86) + "A", new string('A', 22));
        await _phone.SubscribeAsync(new PushSubscriptionJson(new Uri("http://localhost:9/push/2"), keys), Ct);
        var forget = _app.Services.GetRequiredService<ForgetPushSubscription>();
        var id = (await _app.ReadECpsAsync(_phone)).Id;

        await forget(new PushAddress(id, "http://localhost:9/push/1", "", ""), Ct);
        Assert.True((await _phone.ECpsAsync(Ct)).Value.Push);

        await forget(new PushAddress(id, "http://localhost:9/push/2", "", ""), Ct);
        Assert.False((await _phone.ECpsAsync(Ct)).Value.Push);
    }

    [Fact]
    public async Task News_come_over_the_line_as_they_happen()
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        over.CancelAfter(TimeSpan.FromSeconds(30));
        await using var news = _phone.EventsAsync(over.Token).GetAsyncEnumerator(over.Token);

        Assert.True(await news.MoveNextAsync());
        Assert.IsType<PhoneEvent.Active>(news.Current);
        Assert.True(await news.MoveNextAsync());
        Assert.Empty(Assert.IsType<PhoneEvent.Requests>(news.Current).Waiting);

        var request = await _app.AskAsync(_holder.NationalId);
        Assert.Equal($"{request.Id}", Assert.Single(Assert.IsType<PhoneEvent.Requests>(await NextAsync()).Waiting).Id);

        await _phone.DenyAsync($"{request.Id}", ct: Ct);
        Assert.Empty(Assert.IsType<PhoneEvent.Requests>(await NextAsync()).Waiting);

        await _phone.DeactivateAsync(ECpsAction.Delete, Ct);
        Assert.Equal("deleted", Assert.IsType<PhoneEvent.Inactive>(await NextAsync()).ECps.Reason);
        Assert.IsType<PhoneEvent.Ended>(await NextAsync());

        // The watch ticks by the clock of the test.
        async Task<PhoneEvent> NextAsync()
        {
            var next = news.MoveNextAsync().AsTask();
            while (!next.IsCompleted)
            {
                await _app.Services.GetRequiredService<ChangeWatch>().RunAsync(over.Token);
                await Task.WhenAny(next, Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, over.Token));
            }

            Assert.True(await next);
            return news.Current;
        }
    }

    private Task RunUpkeepAsync() => ActivatorUtilities.CreateInstance<ECpsMaintenance>(_app.Services).RunAsync(Ct);

    private static async Task<(string Code, int Status)> ProblemOf(SoftwarePhone phone) => await ProblemOf(() => phone.ECpsAsync(Ct));

    private static async Task<(string Code, int Status)> ProblemOf<T>(Func<Task<PhoneResult<T>>> call) where T : class
    {
        var problem = (await call()).Problem!;
        return (problem.Code, problem.Status);
    }
}
