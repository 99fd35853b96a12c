using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using ProSanteConnect.Core.Delivery;
using ProSanteConnect.Server.Delivery;
using ProSanteConnect.Server.Delivery.Sms;
using ProSanteConnect.Testing.Cards;
using static ProSanteConnect.Server.Tests.Delivery.DeliveryFixture;

namespace ProSanteConnect.Server.Tests.Delivery;

/// <summary>The gateway's side is written from docs/operators.md.</summary>
public sealed class SmsDelivery
{
    private const string Secret = "a secret of the gateway and of ours alone";

    private readonly ConcurrentQueue<Received> _received = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_gateway_receives_a_signed_request_with_everything_in_it()
    {
        await using var gateway = await GatewayAsync(200);
        using var sms = Sms(gateway);
        var message = Leased(new ActivationCodeSms("493027", 5), "activation-code:1");

        Assert.IsType<DeliveryResult.Sent>(await sms.SendAsync(message, Ct));

        var request = Assert.Single(_received);
        Assert.Equal("+33639980001", request.Body.GetProperty("to").GetString());
        Assert.StartsWith("ProSanteConnect : 493027", request.Body.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal(message.Id, request.Body.GetProperty("reference").GetGuid());
        Assert.Equal("activation-code:1", request.IdempotencyKey);
        Assert.Equal(Now.ToUnixTimeSeconds(), request.Timestamp);
        Assert.True(request.SignatureIsRight);
    }

    [Fact]
    public async Task A_request_of_another_secret_is_known_by_its_signature()
    {
        await using var gateway = await GatewayAsync(200);
        using var sms = Sms(gateway, new string('x', 32));

        await sms.SendAsync(Leased(new ActivationCodeSms("493027", 5)), Ct);

        Assert.False(Assert.Single(_received).SignatureIsRight);
    }

    [Theory]
    [InlineData(400, typeof(DeliveryResult.Refused))]
    [InlineData(404, typeof(DeliveryResult.Refused))]
    [InlineData(422, typeof(DeliveryResult.Refused))]
    [InlineData(401, typeof(DeliveryResult.GatewayDown))]
    [InlineData(429, typeof(DeliveryResult.GatewayDown))]
    [InlineData(500, typeof(DeliveryResult.GatewayDown))]
    [InlineData(503, typeof(DeliveryResult.GatewayDown))]
    [InlineData(302, typeof(DeliveryResult.GatewayDown))]
    [InlineData(202, typeof(DeliveryResult.Sent))]
    public async Task An_answer_means_sent_refused_for_good_or_try_again(int status, Type expected)
    {
        await using var gateway = await GatewayAsync(status);
        using var sms = Sms(gateway);

        Assert.IsType(expected, await sms.SendAsync(Leased(new ActivationCodeSms("493027", 5)), Ct));
        Assert.Single(_received);
    }

    [Fact]
    [Trait("Requirement", "R11")]
    public async Task A_gateway_that_hangs_or_is_gone_is_tried_again()
    {
        await using var hanging = await LoopbackServer.StartAsync(context => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted));
        using var hung = Sms(hanging);
        using var gone = new SmsGateway(Renderer, Options.Create(new SmsGatewayOptions { Address = new Uri("http://127.0.0.1:1/"), Secret = Secret }), TimeProvider.System);

        Assert.Equal(new DeliveryResult.GatewayDown("sms-timeout"), await hung.SendAsync(Leased(new ActivationCodeSms("493027", 5)), Ct));
        Assert.Equal(new DeliveryResult.GatewayDown("sms-unreachable"), await gone.SendAsync(Leased(new ActivationCodeSms("493027", 5)), Ct));
    }

    [Theory]
    [InlineData("https://sms.example/", Secret, 0)]
    [InlineData("http://127.0.0.1:9000/", Secret, 0)]
    [InlineData("http://sms.example/", Secret, 1)]
    [InlineData("https://sms.example/", "short", 1)]
    public void A_gateway_in_clear_or_with_a_weak_secret_stops_the_start(string address, string secret, int failures) =>
        Assert.Equal(failures, new SmsGatewayOptions { Address = new Uri(address), Secret = secret }.Validate(new(new object())).Count());

    private static SmsGateway Sms(LoopbackServer gateway, string secret = Secret) => new(
        Renderer,
        Options.Create(new SmsGatewayOptions { Address = gateway.Address, Secret = secret, Timeout = TimeSpan.FromSeconds(1) }),
        new FakeTimeProvider(Now));

    private Task<LoopbackServer> GatewayAsync(int status) => LoopbackServer.StartAsync(async (HttpContext context) =>
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var (headers, bytes) = (context.Request.Headers, body.ToArray());
        var timestamp = headers["X-PSC-Timestamp"].ToString();
        byte[] signed = [.. Encoding.UTF8.GetBytes(timestamp), (byte)'.', .. bytes];
        var expected = "v1=" + Convert.ToHexString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), signed)).ToLowerInvariant();
        _received.Enqueue(new Received(
            JsonDocument.Parse(bytes).RootElement,
            headers["Idempotency-Key"].ToString(),
            long.Parse(timestamp, System.Globalization.CultureInfo.InvariantCulture),
            headers["X-PSC-Signature"] == expected));
        context.Response.StatusCode = status;
        context.Response.Headers.Location = "http://169.254.169.254/";
    });

    private sealed record Received(JsonElement Body, string IdempotencyKey, long Timestamp, bool SignatureIsRight);
}
