using Microsoft.Extensions.Time.Testing;
using ProSanteConnect.Tools.Phone;
using static ProSanteConnect.Core.Tests.Tools.Phone.PhoneStates;

namespace ProSanteConnect.Core.Tests.Tools.Phone;

/// <summary>Events for the phone, by the event stream and by polling.</summary>
public sealed class PhoneEvents
{
    private readonly ApiStandIn _api = new();
    private readonly FakeTimeProvider _clock = new(Start);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stream_tells_the_requests_the_e_CPS_and_its_own_end()
    {
        _api.Streams(
            $"retry: 2000\n\nevent: requests\ndata: {Flat($$"""[{{ApiTexts.Request}}]""")}\n\n: heartbeat\n\nevent: e-cps\ndata: {Flat(ApiTexts.ECps)}\n\n"
            + """
            event: something-new
            data: {}

            event: e-cps
            data: {"state":"inactive","reason":"replaced","since":"2026-01-01T08:00:00Z"}


            """);

        var news = await _api.Phone(_clock, Activated()).EventsAsync(Ct).ToListAsync(Ct);

        Assert.Equal(4, news.Count);
        Assert.Equal("Mon logiciel", Assert.Single(Assert.IsType<PhoneEvent.Requests>(news[0]).Waiting).Application);
        Assert.Equal("e1", Assert.IsType<PhoneEvent.Active>(news[1]).ECps.Id);
        Assert.Equal(new PhoneEvent.Inactive(new InactiveECps("replaced", Start)), news[2]);
        Assert.Equal(new PhoneEvent.Ended(null), news[3]);
        Assert.Equal("Bearer device", Assert.Single(_api.Calls).Authorization);
    }

    [Fact]
    public async Task News_that_cannot_be_read_end_the_stream_and_say_so()
    {
        _api.Streams("event: requests\ndata: {}\n\n");

        var news = await _api.Phone(_clock, Activated()).EventsAsync(Ct).ToListAsync(Ct);

        Assert.Equal(PhoneProblem.Unreadable, Assert.IsType<PhoneEvent.Ended>(Assert.Single(news)).Problem!.Code);
    }

    [Fact]
    public async Task A_silent_line_is_given_up()
    {
        _api.Answers("GET /ecps/v1/events", () => new HttpResponseMessage { Content = new StreamContent(new SilentStream()) });

        var news = _api.Phone(_clock, Activated()).EventsAsync(Ct).ToListAsync(Ct).AsTask();
        while (!news.IsCompleted)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, Ct);
            _clock.Advance(TimeSpan.FromSeconds(5));
        }

        Assert.Equal(new PhoneEvent.Ended(null), Assert.Single(await news));
        Assert.InRange(_clock.GetUtcNow(), Start.AddSeconds(40), DateTimeOffset.MaxValue);
    }

    [Fact]
    public async Task A_broken_line_is_opened_again_and_then_the_phone_asks()
    {
        _api.Streams("event: requests\ndata: []\n\n")
            .Answers("GET /ecps/v1/events", 503, "")
            .Answers("GET /ecps/v1/requests", 200, $$"""{ "requests": [{{ApiTexts.Request}}] }""")
            .Answers("GET /ecps/v1/requests", 401, ApiTexts.Problem("token-invalid", "Ce téléphone n'est plus reconnu."));

        var news = _api.Phone(_clock, Activated()).FollowAsync(Ct).ToListAsync(Ct).AsTask();
        while (!news.IsCompleted)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, Ct);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Collection(
            await news,
            first => Assert.Empty(Assert.IsType<PhoneEvent.Requests>(first).Waiting),
            second => Assert.Single(Assert.IsType<PhoneEvent.Requests>(second).Waiting),
            last => Assert.Equal("token-invalid", Assert.IsType<PhoneEvent.Ended>(last).Problem!.Code));
        Assert.Equal(
            ["events", "events", "events", "events", "requests", "events", "requests"], _api.Calls.Select(call => call.Name.Split('/')[^1]));
    }

    [Fact]
    public async Task Following_ends_with_the_e_CPS()
    {
        _api.Answers("GET /ecps/v1/events", 410, ApiTexts.Problem("e-cps-inactive", "Votre e-CPS est inactive.", """, "reason": "blocked" """));

        var news = await _api.Phone(_clock, Activated()).FollowAsync(Ct).ToListAsync(Ct);

        Assert.Equal("blocked", Assert.IsType<PhoneEvent.Ended>(Assert.Single(news)).Problem!.Reason);
    }

    private static string Flat(string json) => json.ReplaceLineEndings(" ");

    /// <summary>A stream without any event.</summary>
    private sealed class SilentStream : MemoryStream
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken ct = default)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct);
            return 0;
        }
    }
}
