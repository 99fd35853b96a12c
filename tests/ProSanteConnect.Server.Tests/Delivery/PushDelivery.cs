using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.Tokens;
using ProSanteConnect.Core.Delivery;
using ProSanteConnect.Core.Security;
using ProSanteConnect.Server.Delivery;
using ProSanteConnect.Server.Delivery.Push;
using ProSanteConnect.Server.Shared.Origins;
using ProSanteConnect.Testing.Cards;
using static ProSanteConnect.Server.Tests.Delivery.DeliveryFixture;

namespace ProSanteConnect.Server.Tests.Delivery;

public sealed class PushDelivery
{
    private static readonly SignInRequestWaits Model = new(Guid.Parse("4a5f9d0e-6a1e-4b0e-9d5f-0123456789ab"));

    private readonly PushReceiver _phone = new(RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(16));
    private readonly MasterKey _masterKey = new(RandomNumberGenerator.GetBytes(MasterKey.Size));
    private readonly ConcurrentQueue<Received> _received = new();
    private readonly ConcurrentQueue<PushAddress> _forgotten = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void A_phone_of_a_test_opens_the_example_of_RFC_8291() => Assert.Equal(
        "When I grow up, I want to be a watermelon",
        ExamplePhone.Open(Decoded(ExampleBody)));

    [Fact]
    public void Encryption_gives_the_example_of_RFC_8291_byte_by_byte()
    {
        var sender = EcPoint.Read(Decoded("BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8"));
        sender.D = Decoded("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw");
        using var key = ECDiffieHellman.Create(sender);

        var body = PushEncryption.Encrypt(
            "When I grow up, I want to be a watermelon"u8, Base64Url.EncodeToString(ExamplePhone.PublicKey), "BTBZMqHH6r4Tts7J_aSIgg", key, Decoded("DGv6ra1nlYgDCS1FRnbzlw"));

        Assert.Equal(ExampleBody, Base64Url.EncodeToString(body));
    }

    [Fact]
    public async Task A_phone_receives_an_identifier_and_a_sentence_that_only_it_can_open()
    {
        await using var service = await ServiceAsync(201);
        using var push = Push(PushReach.ThisMachine);

        Assert.IsType<DeliveryResult.Sent>(await push.SendAsync(Message(new Uri(service.Address, "/push/abc")), Ct));

        var request = Assert.Single(_received);
        var content = JsonDocument.Parse(_phone.Open(request.Body)).RootElement;
        Assert.Equal("sign-in-request", content.GetProperty("type").GetString());
        Assert.Equal(Model.Request, content.GetProperty("id").GetGuid());
        Assert.Equal("Demande de connexion", content.GetProperty("title").GetString());
        Assert.Equal(4, content.EnumerateObject().Count());
        Assert.Equal(("/push/abc", "aes128gcm", "300", "high"), (request.Path, request.Encoding, request.Ttl, request.Urgency));
        Assert.Matches("^[A-Za-z0-9_-]{32}$", request.Topic);
        Assert.DoesNotContain("Demande", Encoding.UTF8.GetString(request.Body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_push_service_learns_by_VAPID_who_we_are()
    {
        await using var service = await ServiceAsync(201);
        using var push = Push(PushReach.ThisMachine);

        await push.SendAsync(Message(service.Address), Ct);

        var authorization = Assert.Single(_received).Authorization;
        Assert.Matches("^vapid t=[^,]+, k=[A-Za-z0-9_-]{87}$", authorization);
        var (token, key) = (authorization[8..authorization.IndexOf(',', StringComparison.Ordinal)], authorization[^87..]);
        using var vapid = new VapidKeys(_masterKey);
        Assert.Equal(vapid.PublicKey, key);
        using var publicKey = ECDsa.Create(EcPoint.Read(Decoded(key)));
        var verified = await new Microsoft.IdentityModel.JsonWebTokens.JsonWebTokenHandler().ValidateTokenAsync(token, new TokenValidationParameters
        {
            IssuerSigningKey = new ECDsaSecurityKey(publicKey),
            ValidAlgorithms = ["ES256"],
            ValidAudience = service.Address.GetLeftPart(UriPartial.Authority),
            ValidateIssuer = false,
            LifetimeValidator = (_, expires, _, _) => expires > Now.UtcDateTime && expires <= Now.UtcDateTime.AddHours(24),
        });
        Assert.Null(verified.Exception);
        Assert.Equal(Wallet, verified.Claims["sub"]);
    }

    [Fact]
    public void The_keys_of_VAPID_are_the_same_on_every_node_and_others_under_another_master_key()
    {
        using var first = new VapidKeys(_masterKey);
        using var second = new VapidKeys(_masterKey);
        using var other = new VapidKeys(new MasterKey(RandomNumberGenerator.GetBytes(MasterKey.Size)));

        Assert.Equal(first.PublicKey, second.PublicKey);
        Assert.NotEqual(first.PublicKey, other.PublicKey);
    }

    [Theory]
    [InlineData(404, typeof(DeliveryResult.Pointless), true)]
    [InlineData(410, typeof(DeliveryResult.Pointless), true)]
    [InlineData(413, typeof(DeliveryResult.Refused), false)]
    [InlineData(403, typeof(DeliveryResult.Refused), false)]
    [InlineData(307, typeof(DeliveryResult.Refused), false)]
    [InlineData(429, typeof(DeliveryResult.PutOff), false)]
    [InlineData(503, typeof(DeliveryResult.PutOff), false)]
    public async Task An_answer_means_gone_refused_or_try_again(int status, Type expected, bool forgotten)
    {
        await using var service = await ServiceAsync(status);
        using var push = Push(PushReach.ThisMachine);
        var message = Message(service.Address);

        Assert.IsType(expected, await push.SendAsync(message, Ct));

        Assert.Single(_received);
        Assert.Equal(forgotten ? [message.Content.Push!] : [], _forgotten);
    }

    [Fact]
    [Trait("Requirement", "R12")]
    public async Task A_push_service_that_hangs_is_left_after_five_seconds()
    {
        await using var service = await LoopbackServer.StartAsync((HttpContext context) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted));
        using var push = Push(PushReach.ThisMachine);
        var started = System.Diagnostics.Stopwatch.StartNew();

        Assert.Equal(new DeliveryResult.PutOff("push-timeout"), await push.SendAsync(Message(service.Address), Ct));
        Assert.InRange(started.Elapsed.TotalSeconds, 4.5, 15);
    }

    [Theory]
    [InlineData("http://127.0.0.1:{port}/")]
    [InlineData("https://127.0.0.1:{port}/")]
    [InlineData("https://localhost:{port}/")]
    [InlineData("https://[::1]:{port}/")]
    [InlineData("https://[::ffff:127.0.0.1]:{port}/")]
    [InlineData("https://2130706433:{port}/")]
    [InlineData("https://169.254.169.254/latest/meta-data/")]
    [InlineData("https://10.0.0.1/")]
    [InlineData("https://192.168.1.1/")]
    [InlineData("https://[fe80::1]/")]
    [InlineData("https://[fd00::1]/")]
    [InlineData("https://[64:ff9b::a00:1]/")]
    [InlineData("https://user:pw@push.example/")]
    [InlineData("http://push.example/")]
    [InlineData("https://push.example/")]
    [InlineData("https://fcm.googleapis.com.push.example/")]
    [InlineData("https://fcm.googleapis.com@push.example/")]
    [InlineData("https://93.184.215.14/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("not an address")]
    [Trait("Requirement", "T17")]
    public async Task In_production_no_subscription_leads_into_our_own_network(string endpoint)
    {
        await using var service = await ServiceAsync(201);
        using var push = Push(PushReach.Internet);
        var target = endpoint.Replace("{port}", $"{service.Address.Port}", StringComparison.Ordinal);

        Assert.Equal(new DeliveryResult.Pointless("push-out-of-reach"), await push.SendAsync(Message(target), Ct));

        Assert.Empty(_received);
        Assert.Single(_forgotten);
    }

    [Theory]
    [InlineData("fcm.googleapis.com", true)]
    [InlineData("FCM.googleapis.com", true)]
    [InlineData("updates.push.services.mozilla.com", true)]
    [InlineData("web.push.apple.com", true)]
    [InlineData("wns2-par02p.notify.windows.com", true)]
    [InlineData("notify.windows.com", false)]
    [InlineData("evilfcm.googleapis.com", false)]
    [InlineData("xnotify.windows.com", false)]
    [InlineData("push.hopital.example", false)]
    public void The_push_services_of_the_vendors_of_browsers_are_called(string host, bool isAllowed) =>
        Assert.Equal(isAllowed, new PushOptions().AllowsHost(host));

    [Fact]
    public void An_operator_may_name_other_push_services()
    {
        var options = new PushOptions { AllowedHosts = ["push.hopital.example"] };

        Assert.True(options.AllowsHost("push.hopital.example"));
        Assert.False(options.AllowsHost("fcm.googleapis.com"));
    }

    [Fact]
    [Trait("Requirement", "T17")]
    public async Task A_name_that_leads_into_our_own_network_is_refused_when_the_connection_is_made()
    {
        await using var service = await ServiceAsync(201);
        using var http = PushHttp.Create(PushReach.Internet);

        // The name of this machine would fail the check of the address text; here only the check of the connection runs.
        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(new Uri($"http://localhost:{service.Address.Port}/"), Ct));

        Assert.IsType<PushOutOfReachException>(failure.InnerException);
        Assert.Empty(_received);
    }

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("2a00:1450:4007::200a", true)]
    [InlineData("100.64.0.1", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("2002:a00:1::", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("::", false)]
    public void Public_is_what_the_Internet_routes(string address, bool isPublic)
    {
        Assert.Equal(isPublic, PushReach.Internet.Allows(IPAddress.Parse(address)));
        Assert.False(PushReach.ThisMachine.Allows(IPAddress.Parse(address)));
    }

    [Fact]
    public async Task In_the_sandbox_nothing_leaves_the_machine()
    {
        using var push = Push(PushReach.ThisMachine);

        Assert.Equal(new DeliveryResult.Pointless("push-out-of-reach"), await push.SendAsync(Message("https://fcm.googleapis.com/fcm/send/x"), Ct));
    }

    [Fact]
    public async Task A_subscription_with_a_broken_key_is_forgotten()
    {
        await using var service = await ServiceAsync(201);
        using var push = Push(PushReach.ThisMachine);
        var address = _phone.Address(service.Address) with { P256dh = Base64Url.EncodeToString([4, .. new byte[64]]) };

        Assert.Equal(new DeliveryResult.Pointless("push-key-unusable"), await push.SendAsync(Leased(Content(Model, push: address)), Ct));
        Assert.Empty(_received);
    }

    private const string ExampleBody =
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN";

    private static PushReceiver ExamplePhone => new(Decoded("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"), Decoded("BTBZMqHH6r4Tts7J_aSIgg"));

    private static byte[] Decoded(string base64Url) => Base64Url.DecodeFromChars(base64Url);

    private LeasedMessage Message(Uri endpoint) => Leased(Content(Model, push: _phone.Address(endpoint)), "sign-in-request:1");

    private LeasedMessage Message(string endpoint) =>
        Leased(Content(Model, push: _phone.Address(new Uri("https://push.example/")) with { Endpoint = endpoint }));

    private WebPush Push(PushReach reach) => new(
        Renderer,
        new VapidKeys(_masterKey),
        reach,
        new ConfiguredOrigins(Options.Create(new OriginOptions { Auth = Wallet, Card = "https://card.psc.example" })),
        Options.Create(new PushOptions()),
        new FakeTimeProvider(Now),
        NullLogger<WebPush>.Instance,
        (gone, _) =>
        {
            _forgotten.Enqueue(gone);
            return Task.CompletedTask;
        });

    private Task<LoopbackServer> ServiceAsync(int status) => LoopbackServer.StartAsync(async (HttpContext context) =>
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var headers = context.Request.Headers;
        _received.Enqueue(new Received(
            context.Request.Path, body.ToArray(), headers.Authorization.ToString(), headers.ContentEncoding.ToString(), headers["TTL"].ToString(), headers["Urgency"].ToString(), headers["Topic"].ToString()));
        context.Response.StatusCode = status;
        context.Response.Headers.Location = "/elsewhere";
    });

    private sealed record Received(string Path, byte[] Body, string Authorization, string Encoding, string Ttl, string Urgency, string Topic);
}
