using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace ProSanteConnect.Tools.Phone;

/// <summary>Events from the server: by event stream, or by polling when the stream is not available.</summary>
public sealed partial class SoftwarePhone
{
    private const int StreamTriesBeforeAsking = 2;

    /// <summary>The server sends a heartbeat every 15 s; after 40 s without data the connection counts as lost.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(40);

    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(5);

    /// <summary>The events of one stream up to <see cref="PhoneEvent.Ended"/>.</summary>
    public async IAsyncEnumerable<PhoneEvent> EventsAsync([EnumeratorCancellation] CancellationToken ct = default)
    {
        var opened = await _http.OpenStreamAsync("/events", State.DeviceToken, ct);
        if (opened.Problem is { } problem)
        {
            yield return new PhoneEvent.Ended(problem);
            yield break;
        }

        using var response = opened.Value;
        await using var line = new HeartbeatStream(await response.Content.ReadAsStreamAsync(ct), Silence, _clock);
        await using var items = SseParser.Create(line).EnumerateAsync(ct).GetAsyncEnumerator(ct);
        PhoneEvent news;
        do
        {
            news = await NextAsync(items, (int)response.StatusCode, ct);
            yield return news;
        }
        while (news is not PhoneEvent.Ended);
    }

    /// <summary>Events across reconnections; ends with <see cref="PhoneEvent.Ended"/> when the device token is no longer valid.</summary>
    public async IAsyncEnumerable<PhoneEvent> FollowAsync([EnumeratorCancellation] CancellationToken ct = default)
    {
        for (var failures = 1; ; failures++)
        {
            await foreach (var news in EventsAsync(ct))
            {
                if (news is not PhoneEvent.Ended(var problem)) failures = 0;
                else if (problem is not { EndsDevice: true }) break;

                yield return news;
                if (news is PhoneEvent.Ended) yield break;
            }

            if (failures <= StreamTriesBeforeAsking)
            {
                await Task.Delay(Retry, _clock, ct);
                continue;
            }

            var asked = await RequestsAsync(ct);
            if (asked.Problem is null) yield return new PhoneEvent.Requests(asked.Value.Requests);
            if (asked.Problem is { EndsDevice: true } over)
            {
                yield return new PhoneEvent.Ended(over);
                yield break;
            }

            await Task.Delay(AskEvery, _clock, ct);
        }
    }

    /// <summary>The next event; the end of the connection is an event too.</summary>
    private static async Task<PhoneEvent> NextAsync(IAsyncEnumerator<SseItem<string>> items, int status, CancellationToken ct)
    {
        try
        {
            while (await items.MoveNextAsync())
            {
                if (Read(items.Current) is { } news) return news;
            }
        }
        catch (JsonException)
        {
            return new PhoneEvent.Ended(PhoneProblem.OfUnreadable(status));
        }
        catch (Exception failure) when (failure is IOException or HttpRequestException or OperationCanceledException)
        {
            ct.ThrowIfCancellationRequested();
        }

        return new PhoneEvent.Ended(null);
    }

    private static PhoneEvent? Read(SseItem<string> item) => item.EventType switch
    {
        "requests" => new PhoneEvent.Requests(Parse<IReadOnlyList<WaitingRequest>>(item.Data)),
        "e-cps" when IsActive(item.Data) => new PhoneEvent.Active(Parse<HeldECps>(item.Data)),
        "e-cps" => new PhoneEvent.Inactive(Parse<InactiveECps>(item.Data)),
        _ => null, // an event of a later version
    };

    private static bool IsActive(string data) => Parse<ECpsState>(data).State == "active";

    private static T Parse<T>(string data) => JsonSerializer.Deserialize<T>(data, PhoneJson.Api) ?? throw new JsonException("null");

    private sealed record ECpsState(string State);
}

/// <summary>An event from the server.</summary>
public abstract record PhoneEvent
{
    private PhoneEvent() { }

    /// <summary>All pending approval requests.</summary>
    public sealed record Requests(IReadOnlyList<WaitingRequest> Waiting) : PhoneEvent;

    public sealed record Active(HeldECps ECps) : PhoneEvent;

    public sealed record Inactive(InactiveECps ECps) : PhoneEvent;

    /// <summary>The end of a stream. It can be opened again unless the problem says otherwise.</summary>
    public sealed record Ended(PhoneProblem? Problem) : PhoneEvent;
}

/// <summary>A stream that ends after a period without data, because a lost connection is not always reported.</summary>
internal sealed class HeartbeatStream(Stream inner, TimeSpan silence, TimeProvider clock) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken ct = default)
    {
        using var patience = new CancellationTokenSource(silence, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        return await inner.ReadAsync(buffer, either.Token);
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }
}
