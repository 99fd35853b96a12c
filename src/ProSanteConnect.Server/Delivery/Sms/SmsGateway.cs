using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.Options;
using ProSanteConnect.Core.Delivery;

namespace ProSanteConnect.Server.Delivery.Sms;

/// <summary>Hands an SMS to the configured gateway. A company that sends SMS differently gets a class beside this one.</summary>
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
        // A wrong secret or too many requests concern the gateway, not this message.
        401 or 403 or 408 or 429 => new DeliveryResult.GatewayDown($"sms-{(int)status}"),
        >= 400 and < 500 => new DeliveryResult.Refused($"sms-{(int)status}"),
        _ => new DeliveryResult.GatewayDown($"sms-{(int)status}"),
    };
}
