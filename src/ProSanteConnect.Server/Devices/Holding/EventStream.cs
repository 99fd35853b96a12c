using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using ProSanteConnect.Core.Authenticators;
using ProSanteConnect.Server.Devices.Api;
using ProSanteConnect.Server.Shared;
using ProSanteConnect.Server.Shared.Watching;

namespace ProSanteConnect.Server.Devices.Holding;

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
            while (clock.GetUtcNow() < end && await TellAsync(http, token, told, ct))
            {
                await wait.NextAsync(await PauseAsync(id, ct), clock, ct);
                await http.Response.WriteAsync(":\n\n", ct);
            }
        }
        catch (OperationCanceledException)
        {
            // The phone has left, or this node stops: another answers when it calls again.
        }
    }

    /// <summary>Writes what has changed since it was last told; false when there is nothing more to tell.</summary>
    private async Task<bool> TellAsync(HttpContext http, string token, Dictionary<string, string> told, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        switch (await services.GetRequiredService<ECpsRegister>().FindByDeviceTokenAsync(token, clock.GetUtcNow(), ct))
        {
            case DeviceTokenResult.Active { ECps: var eCps }:
                await WriteAsync(http, "e-cps", await services.GetRequiredService<ECpsViews>().OfAsync(eCps, ct), told, ct);
                await WriteAsync(http, "requests", (await services.GetRequiredService<Requests>().ListAsync(eCps.Id, ct)).Requests, told, ct);
                return true;
            case DeviceTokenResult.Inactive inactive:
                await WriteAsync(http, "e-cps", new InactiveView(inactive.Reason.Code(), inactive.Since), told, ct);
                return false;
            default:
                return false;
        }
    }

    private async Task WriteAsync<TData>(HttpContext http, string name, TData data, Dictionary<string, string> told, CancellationToken ct)
    {
        var text = JsonSerializer.Serialize(data, json.Value.SerializerOptions);
        if (told.TryGetValue(name, out var last) && last == text) return;

        told[name] = text;
        await http.Response.WriteAsync($"event: {name}\ndata: {text}\n\n", ct);
    }

    // A request that runs out changes in no row: its end is an event all the same.
    private async Task<TimeSpan> PauseAsync(Guid id, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var pending = await scope.ServiceProvider.GetRequiredService<Requests>().ListAsync(id, ct);
        return pending.Requests.Select(request => request.ExpiresAt - clock.GetUtcNow() + TimeSpan.FromMilliseconds(50)).Append(Heartbeat).Min();
    }
}
