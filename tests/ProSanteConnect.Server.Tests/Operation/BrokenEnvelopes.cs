using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ProSanteConnect.Server.Protocol;
using ProSanteConnect.Server.Protocol.OpenIddict;
using ProSanteConnect.Server.Tests.Samples;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Server.Tests.Operation;

/// <summary>
/// A request that cannot be read is the client's fault: 4xx at every endpoint, never 5xx, and no line for the operator at night. CI runs
/// the class on SQLite and on PostgreSQL, which stores no NUL.
/// </summary>
public sealed class BrokenEnvelopes : IAsyncLifetime
{
    private readonly LogLines _log = new(LogLevel.Error);
    private PscApp _app = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _app = await PscApp.StartAsync(configure: builder => builder.Logging.AddProvider(_log));

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _log.Dispose();
    }

    private static IEnumerable<string> Paths =>
    [
        .. ProtocolPaths.Posted.Concat(ProtocolPaths.ReadOrPosted).Select(path => "/" + path),
        "/connexion", "/connexion/suite", "/connexion/validation", "/activation", "/mon-compte", "/mon-compte/desactiver", "/carte/refusee",
        "/ecps/v1/activation-requests", "/ecps/v1/rpps-search", "/ecps/v1/activation/inspect", "/ecps/v1/enrolment", "/ecps/v1/device-token",
        "/ecps/v1/requests/3f2504e0-4f89-11d3-9a0c-0305e82c3301/approve",
    ];

    private static IEnumerable<(string Name, string Type, byte[] Body)> Envelopes
    {
        get
        {
            const string Form = "application/x-www-form-urlencoded";
            const string Json = "application/json";
            foreach (var type in new[]
            {
                "application/x-www-form-urlencoded; charset=nulle-part", "application/x-www-form-urlencoded; charset=\"\"", "application/x-www-form-urlencoded; charset",
                "application/x-www-form-urlencoded;;;", "application/x-www-form-urlencoded; charset=utf-7", "application/x-www-form-urlencoded; charset=\"utf-8", "application/json; charset=nulle-part",
                "application/json; charset=utf-7", "application/json; charset=\"utf-8\"", "application/json;charset=utf-8;charset=latin1", "text/plain; charset=nulle-part", "text/html", "*/*", "/", "x", "image/png",
                "multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=x", "multipart/form-data; boundary=" + new string('b', 300), "application/problem+json", "application/xml",
            })
            {
                yield return ("type " + type, type, "grant_type=authorization_code&code=x&token=x"u8.ToArray());
            }

            foreach (var body in new[]
            {
                "%00", "a=%00", "grant_type=%00", "grant_type=authorization_code&code=%00", "code=a%00b", "token=%00", "token=%C3%28", "scope=%00openid", "a=%", "a=%zz", "=&=&=", "&&&&", "a", "identifiant=%00", "identifiant=8%0098765000017",
                "demande=%00", "jeton=%00", "post_logout_redirect_uri=%00&id_token_hint=%00", "client_id=%00&client_secret=%00", "refresh_token=%00&grant_type=refresh_token", "code_verifier=%00&grant_type=authorization_code&code=x",
                "grant_type=urn%3Aprosanteconnect%3Aparams%3Aoauth%3Agrant-type%3Aecps-qr&client_id=ecps-app&qr_code=%00&device_name=%00", "state=%0D%0A&nonce=%00", "login_hint=%00&ui_locales=%00&acr_values=%00",
                new string('a', 5000) + "=" + new string('b', 5000), string.Join('&', Enumerable.Range(0, 1100).Select(n => $"p{n}=1")),
            })
            {
                yield return ("form " + (body.Length > 40 ? body[..40] : body), Form, Encoding.UTF8.GetBytes(body));
            }

            foreach (var body in new[]
            {
                "", "{", "[]", "null", "0", "\"text\"", "{}", "{\"rpps\":null}", "{\"rpps\":1}", "{\"rpps\":\"\\u0000\"}", "{\"email\":\"a\\u0000@b.fr\",\"phone\":\"\\u0000\"}", "{\"qrCode\":\"\\u0000\"}", "{\"qrCode\":[]}",
                "{\"ceremony\":\"x\"}", "{\"ceremony\":\"3f2504e0-4f89-11d3-9a0c-0305e82c3301\",\"credential\":null,\"pin\":\"\\u0000\",\"deviceName\":\"\\u0000\"}", "{\"a\":1,\"a\":2}", "{\"a\":" + new string('[', 200) + new string(']', 200) + "}",
                "\u00ff", "{\"email\":\"" + new string('a', 70_000) + "\"}", "{\"rpps\":\"98765000017\"} {}",
            })
            {
                yield return ("JSON " + (body.Length > 40 ? body[..40] : body), Json, Encoding.UTF8.GetBytes(body));
            }

            yield return ("invalid UTF-8", Form, [0x61, 0x3d, 0xff, 0xfe, 0x00]);
            yield return ("invalid UTF-8 JSON", Json, [0x7b, 0xff, 0xfe, 0x00, 0x7d]);
            yield return ("UTF-16 JSON", "application/json; charset=utf-16", Encoding.Unicode.GetBytes("{\"rpps\":\"98765000017\"}"));
        }
    }

    [Fact]
    public async Task No_endpoint_answers_5xx_to_a_body_that_it_cannot_read()
    {
        using var http = _app.Http();
        var failures = new List<string>();

        foreach (var path in Paths)
        {
            foreach (var (name, type, body) in Envelopes)
            {
                using var content = new ByteArrayContent(body);
                content.Headers.TryAddWithoutValidation("Content-Type", type);
                using var response = await http.PostAsync(path, content, Ct);
                if ((int)response.StatusCode >= 500) failures.Add($"{path}, {name}: {(int)response.StatusCode}");
            }
        }

        Assert.True(failures.Count == 0, string.Join("\n", failures.Concat(_log.Lines.Distinct().Take(20))));
        Assert.True(_log.Lines.Count == 0, string.Join("\n", _log.Lines.Distinct().Take(20)));
    }

    [Theory]
    [InlineData("state=%00")]
    [InlineData("nonce=a%00b")]
    [InlineData("nonce=a%0Ab")]
    [InlineData("scope=openid%00")]
    [InlineData("login_hint=%7F")]
    [InlineData("ui_locales=%C2%85")]
    public async Task A_control_character_in_an_authorization_request_is_refused_before_anything_is_stored(string parameter)
    {
        var rp = await RelyingParty.RegisterAsync(_app, clientId: "rp-" + Guid.NewGuid().ToString("N"));
        using var browser = _app.NewBrowser();
        var (name, value) = (parameter[..parameter.IndexOf('=')], Uri.UnescapeDataString(parameter[(parameter.IndexOf('=') + 1)..]));

        var response = await browser.FollowAsync(rp.AuthorizationUrl(new() { [name] = value }));

        Assert.Equal("invalid_request", RelyingParty.Answer(response)["error"]);
        await using var db = _app.Database.Open();
        Assert.Empty(db.SignInRequests);
    }

    [Fact]
    public async Task JSON_with_its_charset_in_quotes_is_read()
    {
        using var content = new StringContent("""{"rpps":"98765000017"}""");
        content.Headers.Remove("Content-Type");
        content.Headers.TryAddWithoutValidation("Content-Type", "application/json; charset=\"utf-8\"");

        using var response = await _app.Http().PostAsync("/ecps/v1/activation-requests", content, Ct);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
    }
}

/// <summary>Request lines and Host headers that no client library sends, over a real connection.</summary>
public sealed class BrokenHosts(SandboxOverTls sandbox) : IClassFixture<SandboxOverTls>
{
    [Theory]
    [InlineData("GET /auth/realms/esante-wallet/.well-known/openid-configuration HTTP/1.0\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: localhost:99999\r\n\r\n")]
    [InlineData("GET /auth HTTP/1.1\r\nHost: localhost:99999\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: \r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: autre.example\r\n\r\n")]
    [InlineData("GET /auth/realms/esante-wallet/.well-known/openid-configuration HTTP/1.1\r\nHost: autre.example\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: [::1\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: local host\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: localhost:-1\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: localhost:\r\n\r\n")]
    [InlineData("POST /auth HTTP/1.1\r\nHost: localhost:99999\r\nContent-Length: 0\r\n\r\n")]
    public async Task A_request_without_a_host_that_we_answer_for_is_400(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, sandbox.HttpPort, TestContext.Current.CancellationToken);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), TestContext.Current.CancellationToken);

        using var reader = new StreamReader(stream);
        var status = await reader.ReadLineAsync(TestContext.Current.CancellationToken);

        Assert.StartsWith("HTTP/1.1 400", status, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_ports_that_callers_name_do_not_fill_the_memory()
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://localhost:{sandbox.HttpPort}") };
        for (var port = 1; port <= 300; port++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/auth/realms/esante-wallet/.well-known/openid-configuration");
            request.Headers.Host = $"localhost:{port}";
            using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        Assert.InRange(sandbox.Services.GetRequiredService<EngineOptionsCache>().Count, 1, 100);
    }
}
