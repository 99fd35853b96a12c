using System.Buffers.Text;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using ProSanteConnect.Core.Delivery;
using ProSanteConnect.Server.Shared.Origins;

namespace ProSanteConnect.Server.Delivery.Push;

/// <summary>
/// Notifies a phone through its push service (RFC 8030). The message holds an identifier and a sentence without personal data; it is
/// encrypted for the phone (RFC 8291) and authenticated by VAPID (RFC 8292).
/// </summary>
internal sealed class WebPush(
    MessageRenderer renderer,
    VapidKeys vapid,
    PushReach reach,
    PublicOrigins origins,
    IOptions<PushOptions> options,
    TimeProvider clock,
    ILogger<WebPush> logger,
    ForgetPushSubscription forget) : IDelivery, IDisposable
{
    private readonly HttpClient _http = PushHttp.Create(reach);

    public Channel Channel => Channel.Push;

    // Phones use different push services: a slow one must not delay the others.
    public int Parallelism => 16;

    public async Task<DeliveryResult> SendAsync(LeasedMessage message, CancellationToken ct)
    {
        var address = message.Content.Push!;
        if (!Uri.TryCreate(address.Endpoint, UriKind.Absolute, out var endpoint) || !reach.Allows(endpoint, options.Value))
            return await GoneAsync(address, "push-out-of-reach", ct);

        try
        {
            using var request = Request(message, endpoint);
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            return (int)response.StatusCode switch
            {
                >= 200 and < 300 => new DeliveryResult.Sent(),
                // RFC 8030, section 7.3: the subscription no longer exists.
                404 or 410 => await GoneAsync(address, $"push-{(int)response.StatusCode}", ct),
                408 or 429 or >= 500 => new DeliveryResult.PutOff($"push-{(int)response.StatusCode}"),
                var other => new DeliveryResult.Refused($"push-{other}"),
            };
        }
        catch (HttpRequestException failure) when (failure.InnerException is PushOutOfReachException)
        {
            return await GoneAsync(address, "push-out-of-reach", ct);
        }
        catch (HttpRequestException)
        {
            return new DeliveryResult.PutOff("push-unreachable");
        }
        catch (OperationCanceledException)
        {
            return new DeliveryResult.PutOff("push-timeout");
        }
        catch (Exception failure) when (failure is FormatException or CryptographicException)
        {
            return await GoneAsync(address, "push-key-unusable", ct);
        }
    }

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage Request(LeasedMessage message, Uri endpoint)
    {
        var now = clock.GetUtcNow();
        var rendered = renderer.Render(message.Content);
        var plaintext = JsonSerializer.SerializeToUtf8Bytes(new
        {
            type = message.Content.Model.Template,
            id = ((PushModel)message.Content.Model).Subject,
            title = rendered.Subject,
            body = rendered.Text,
        });
        var content = new ByteArrayContent(PushEncryption.Encrypt(plaintext, message.Content.Push!.P256dh, message.Content.Push.Auth))
        {
            Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream"), ContentEncoding = { "aes128gcm" } },
        };
        var contact = options.Value.Contact?.ToString() ?? origins.WalletInMessages;
        var request = new HttpRequestMessage(HttpMethod.Post, endpoint)
        {
            Content = content,
            Headers =
            {
                { "TTL", Math.Max(0, (int)(message.ExpiresAt - now).TotalSeconds).ToString(CultureInfo.InvariantCulture) },
                { "Urgency", "high" },
                { "Topic", Topic(message.IdempotencyKey) },
            },
        };
        request.Headers.TryAddWithoutValidation("Authorization", vapid.Authorization(endpoint, contact, now));
        return request;
    }

    /// <summary>RFC 8030, section 5.4: a message with the same topic replaces one that the phone has not fetched yet.</summary>
    private static string Topic(string idempotencyKey) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(idempotencyKey)))[..32];

    private async Task<DeliveryResult> GoneAsync(PushAddress address, string error, CancellationToken ct)
    {
        await forget(address, ct);
        logger.PushSubscriptionForgotten();
        return new DeliveryResult.Pointless(error);
    }
}

/// <summary>Push messages to phones (section <c>Push</c>).</summary>
internal sealed class PushOptions
{
    /// <summary>Whether push messages are sent. True by default; without them the app polls while it is open.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// The contact for operators of push services (RFC 8292, section 2.1): a <c>mailto:</c> or https URL. The wallet by default.
    /// </summary>
    public Uri? Contact { get; set; }

    /// <summary>
    /// The host names of push services, <c>*.</c> for all names below one. By default those of the vendors of browsers; a name that is set replaces all of
    /// them. A phone names the address of its push service, so that no other server is called on its word (security-checklist T17).
    /// </summary>
    public IReadOnlyList<string>? AllowedHosts { get; set; }

    private static readonly string[] Vendors =
    [
        "fcm.googleapis.com", "updates.push.services.mozilla.com", "*.push.services.mozilla.com", "web.push.apple.com", "*.push.apple.com", "*.notify.windows.com",
    ];

    /// <summary>Whether a push service has this host name.</summary>
    public bool AllowsHost(string host) => (AllowedHosts is { Count: > 0 } named ? named : Vendors).Any(allowed => allowed.StartsWith("*.", StringComparison.Ordinal)
        ? host.EndsWith(allowed[1..], StringComparison.OrdinalIgnoreCase)
        : host.Equals(allowed, StringComparison.OrdinalIgnoreCase));
}
