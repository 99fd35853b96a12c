using System.Buffers.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using ProSanteConnect.Core.Devices;
using ProSanteConnect.Server.Delivery.Push;
using ProSanteConnect.Server.Devices.Api;

namespace ProSanteConnect.Server.Devices.Holder;

/// <summary>Push messages, which reach a phone while its app is closed (RFC 8030, RFC 8291, RFC 8292).</summary>
internal static class PushEndpoints
{
    private const int EndpointLength = 2000;
    private const int PublicKeySize = 65;
    private const int SecretSize = 16;

    public static Results<Ok<PushKey>, ProblemHttpResult> ShowKey(VapidKeys keys, IOptions<PushOptions> options) =>
        options.Value.Enabled ? TypedResults.Ok(new PushKey(keys.PublicKey)) : Problem.PushOff;

    public static async Task<Results<NoContent, ProblemHttpResult>> Subscribe(
        Subscription sent, HttpContext http, PushSubscriptions subscriptions, PushReach reach, IOptions<PushOptions> options, CancellationToken ct)
    {
        if (!options.Value.Enabled) return Problem.PushOff;
        if (SubscriptionOf(sent, reach, options.Value) is not { } subscription) return Problem.PushMalformed;

        await subscriptions.SubscribeAsync(http.ECps.Id, subscription, ct);
        return TypedResults.NoContent();
    }

    public static async Task<NoContent> Unsubscribe(HttpContext http, PushSubscriptions subscriptions, CancellationToken ct)
    {
        await subscriptions.SubscribeAsync(http.ECps.Id, subscription: null, ct);
        return TypedResults.NoContent();
    }

    private static PushSubscription? SubscriptionOf(Subscription sent, PushReach reach, PushOptions options) =>
        sent is { Endpoint: { Length: > 0 and <= EndpointLength } endpoint, Keys: { P256dh: { } key, Auth: { } secret } }
        && Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) && reach.Allows(uri, options)
        && SizeOf(key) == PublicKeySize && SizeOf(secret) == SecretSize
            ? new PushSubscription(endpoint, key, secret)
            : null;

    private static int SizeOf(string base64Url) => Base64Url.IsValid(base64Url, out var size) ? size : -1;
}

/// <param name="PublicKey">The key that the app subscribes with (<c>applicationServerKey</c>), base64url.</param>
internal sealed record PushKey(string PublicKey);

/// <summary>A subscription in the form in which browsers give it (<c>PushSubscriptionJSON</c>).</summary>
internal sealed record Subscription(string? Endpoint, SubscriptionKeys? Keys);

internal sealed record SubscriptionKeys(string? P256dh, string? Auth);
