using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using ProSanteConnect.Core.Cards;
using ProSanteConnect.Core.Devices;
using ProSanteConnect.Server.Devices.Api;
using ProSanteConnect.Server.Devices.Requests;
using ProSanteConnect.Server.Shared.Changes;
using ProSanteConnect.Server.Shared.Errors;

namespace ProSanteConnect.Server.Devices.Holder;

/// <summary>
/// Tells a phone its news while it listens (server-sent events, HTML Living Standard 9.2): <c>e-cps</c> and <c>requests</c> at
/// once and at each change, a comment each 15 seconds. A line ends after some minutes, and the phone calls again.
/// </summary>
internal sealed class EventStream(
    ChangeWatch watch, IServiceScopeFactory scopes, IHostApplicationLifetime host, IOptions<JsonOptions> json, TimeProvider clock)
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    internal static Task Answer(HttpContext http, EventStream stream) => stream.AnswerAsync(http);

    private async Task AnswerAsync(HttpContext http)
    {
        http.LiftDeadline();
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, host.ApplicationStopping);
        var (token, id, ct) = (http.BearerToken!, http.ECps.Id, leaving.Token);
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-store";
        // A proxy that gathers answers would keep the news to itself.
        http.Response.Headers["X-Accel-Buffering"] = "no";

        var end = clock.GetUtcNow() + Longest;
        using var wait = watch.Watch(WatchedKind.Phone, id);
        try
        {
            await http.Response.WriteAsync("retry: 2000\n\n", ct);
            var told = new Dictionary<string, string>();
            var next = await TellAsync(http, token, told, ct);
            while (next is { } at && clock.GetUtcNow() < end)
            {
                var left = at - clock.GetUtcNow();
                var hasNews = await wait.NextAsync(left < Heartbeat ? left : Heartbeat, clock, ct);
                if (hasNews || clock.GetUtcNow() >= at) next = await TellAsync(http, token, told, ct);
                else await http.Response.WriteAsync(":\n\n", ct);
            }
        }
        catch (OperationCanceledException)
        {
            // The phone has left, or this node stops: another answers when it calls again.
        }
    }

    /// <summary>
    /// Writes what has changed since it was last told, and says when to look again without news: a request that runs out changes
    /// in no row, and its end is an event all the same. Null when there is nothing more to tell.
    /// </summary>
    private async Task<DateTimeOffset?> TellAsync(HttpContext http, string token, Dictionary<string, string> told, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        switch (await services.GetRequiredService<ECpsRegister>().FindByDeviceTokenAsync(token, clock.GetUtcNow(), ct))
        {
            case DeviceTokenResult.Active { ECps: var eCps }:
                var waiting = (await services.GetRequiredService<RequestViews>().ListAsync(eCps.Id, ct)).Requests;
                await WriteAsync(http, "e-cps", await services.GetRequiredService<ECpsViews>().OfAsync(eCps, ct), told, ct);
                await WriteAsync(http, "requests", waiting, told, ct);
                return waiting.Select(request => request.ExpiresAt).Append(eCps.ExpiresAt).Min();
            case DeviceTokenResult.Inactive inactive:
                await WriteAsync(http, "e-cps", new InactiveView(inactive.Reason.Code(), inactive.Since), told, ct);
                return null;
            default:
                return null;
        }
    }

    private async Task WriteAsync<TData>(HttpContext http, string name, TData data, Dictionary<string, string> told, CancellationToken ct)
    {
        var text = JsonSerializer.Serialize(data, json.Value.SerializerOptions);
        if (told.TryGetValue(name, out var last) && last == text) return;

        told[name] = text;
        await http.Response.WriteAsync($"event: {name}\ndata: {text}\n\n", ct);
    }
}
