using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using ProSanteConnect.Core.Devices;
using ProSanteConnect.Server.Devices.Api;
using ProSanteConnect.Server.Devices.Requests;
using ProSanteConnect.Server.Shared.Changes;
using ProSanteConnect.Server.Shared.Http;

namespace ProSanteConnect.Server.Devices.Holder;

/// <summary>
/// Sends a phone its changes while it listens (server-sent events, HTML Living Standard 9.2): <c>e-cps</c> and <c>requests</c> at the
/// start and after each change, and a comment every 15 seconds. The stream ends after some minutes, and the phone reconnects.
/// </summary>
internal sealed class EventStream(RequestWaits waits, IServiceScopeFactory scopes, IOptions<JsonOptions> json, TimeProvider clock)
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    internal static Task Answer(HttpContext http, EventStream stream) => stream.AnswerAsync(http);

    private async Task AnswerAsync(HttpContext http)
    {
        var token = http.BearerToken!;
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-store";
        // Tells nginx not to buffer the stream.
        http.Response.Headers["X-Accel-Buffering"] = "no";
        if (http.Features.Get<HeadRequest>() is not null) return;

        using var wait = waits.Begin(http, WatchedKind.Phone, http.ECps.Id, Longest);
        try
        {
            await http.Response.WriteAsync("retry: 2000\n\n", http.RequestAborted);
            var sent = new Dictionary<string, string>();
            var next = await SendChangesAsync(http, token, sent);
            while (next is { } at)
            {
                var heartbeat = clock.GetUtcNow() + Heartbeat;
                var result = await wait.NextAsync(at < heartbeat ? at : heartbeat);
                if (result == WaitResult.Over) return;

                if (result == WaitResult.Changed || clock.GetUtcNow() >= at) next = await SendChangesAsync(http, token, sent);
                else await http.Response.WriteAsync(":\n\n", http.RequestAborted);
            }
        }
        catch (OperationCanceledException)
        {
            // The phone closed the connection.
        }
    }

    /// <summary>
    /// Writes what differs from what was sent last. Returns when to read again even without a change in the database, because the expiry of
    /// a request changes no row. Returns null when the stream ends because the e-CPS is inactive.
    /// </summary>
    private async Task<DateTimeOffset?> SendChangesAsync(HttpContext http, string token, Dictionary<string, string> sent)
    {
        var ct = http.RequestAborted;
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        switch (await services.GetRequiredService<DeviceTokens>().FindAsync(token, clock.GetUtcNow(), ct))
        {
            case DeviceTokenResult.Active { ECps: var eCps }:
                var pending = (await services.GetRequiredService<RequestViews>().ListAsync(eCps.Id, ct)).Requests;
                await WriteAsync(http, "e-cps", await services.GetRequiredService<ECpsViews>().OfAsync(eCps, ct), sent);
                await WriteAsync(http, "requests", pending, sent);
                return pending.Select(request => request.ExpiresAt).Append(eCps.ExpiresAt).Min();
            case DeviceTokenResult.Inactive inactive:
                await WriteAsync(http, "e-cps", new InactiveView(inactive.Reason.Code(), inactive.Since), sent);
                return null;
            default:
                return null;
        }
    }

    private async Task WriteAsync<TData>(HttpContext http, string name, TData data, Dictionary<string, string> sent)
    {
        var text = JsonSerializer.Serialize(data, json.Value.SerializerOptions);
        if (sent.TryGetValue(name, out var last) && last == text) return;

        sent[name] = text;
        await http.Response.WriteAsync($"event: {name}\ndata: {text}\n\n", http.RequestAborted);
    }
}
