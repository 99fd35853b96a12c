using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using ProSanteConnect.Core.Delivery;

namespace ProSanteConnect.Server.Delivery.Sms;

/// <summary>Sends SMS through the configured HTTP gateway. Another kind of gateway is another <see cref="IDelivery"/>.</summary>
internal sealed class SmsGateway(MessageRenderer renderer, IOptions<SmsGatewayOptions> options, TimeProvider clock) : IDelivery, IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    {
        Timeout = options.Value.Timeout,
        MaxResponseContentBufferSize = 64 * 1024,
    };

    public Channel Channel => Channel.Sms;

    public int Parallelism => 4;

    public async Task<DeliveryResult> SendAsync(LeasedMessage message, CancellationToken ct)
    {
        using var request = Request(message);
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            return ResultOf(response.StatusCode);
        }
        catch (HttpRequestException)
        {
            return new DeliveryResult.GatewayDown("sms-unreachable");
        }
        catch (OperationCanceledException)
        {
            return new DeliveryResult.GatewayDown("sms-timeout");
        }
    }

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage Request(LeasedMessage message)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new
        {
            to = message.Content.Recipient,
            text = renderer.Render(message.Content).Text,
            reference = message.Id,
        });
        var timestamp = SmsSignature.Timestamp(clock.GetUtcNow());
        return new HttpRequestMessage(HttpMethod.Post, options.Value.Address)
        {
            Headers =
            {
                { "Idempotency-Key", message.IdempotencyKey },
                { SmsSignature.TimestampHeader, timestamp },
                { SmsSignature.SignatureHeader, SmsSignature.Of(options.Value.Secret, timestamp, body) },
            },
            Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
        };
    }

    private static DeliveryResult ResultOf(HttpStatusCode status) => (int)status switch
    {
        >= 200 and < 300 => new DeliveryResult.Sent(),
        // Authentication and rate limits concern the gateway, not this message.
        401 or 403 or 408 or 429 => new DeliveryResult.GatewayDown($"sms-{(int)status}"),
        >= 400 and < 500 => new DeliveryResult.Refused($"sms-{(int)status}"),
        _ => new DeliveryResult.GatewayDown($"sms-{(int)status}"),
    };
}

/// <summary>The SMS gateway (section <c>Sms</c>). Without an address no SMS is sent.</summary>
internal sealed class SmsGatewayOptions : IValidatableObject
{
    /// <summary>The URL that requests are posted to, for example <c>https://sms.example/send</c>; http only on this machine. None by default.</summary>
    public Uri? Address { get; set; }

    /// <summary>The secret shared with the gateway; signs each request. At least 32 characters.</summary>
    public string Secret { get; set; } = "";

    /// <summary>How long a request may take. From 1 second to 1 minute; 10 seconds by default.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Address is null) yield break;

        if (!Address.IsAbsoluteUri || !(Address.Scheme == Uri.UriSchemeHttps || (Address.Scheme == Uri.UriSchemeHttp && Address.IsLoopback)))
            yield return new ValidationResult("Sms:Address must be an https address; http is for this machine alone.", [nameof(Address)]);
        if (Secret.Length < 32)
            yield return new ValidationResult("Sms:Secret must have at least 32 characters.", [nameof(Secret)]);
    }
}

/// <summary>The signature by which a gateway verifies origin, integrity and age of a request; documented in <c>docs/operators.md</c>.</summary>
internal static class SmsSignature
{
    public const string TimestampHeader = "X-PSC-Timestamp";
    public const string SignatureHeader = "X-PSC-Signature";

    /// <summary>Seconds since 1970.</summary>
    public static string Timestamp(DateTimeOffset now) => now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    /// <summary><c>v1=</c> and HMAC-SHA-256 over timestamp, full stop and body, in hexadecimal.</summary>
    public static string Of(string secret, string timestamp, byte[] body)
    {
        byte[] signed = [.. Encoding.ASCII.GetBytes(timestamp + "."), .. body];
        return "v1=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed));
    }
}
