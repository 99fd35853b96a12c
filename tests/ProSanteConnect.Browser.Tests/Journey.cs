using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Delivery;
using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Sandbox.Start;
using ProSanteConnect.Testing;
using ProSanteConnect.Tools.Certs;

namespace ProSanteConnect.Browser.Tests;

/// <summary>
/// The sandbox on real ports, the sample relying party as a process of its own, and the system's Chromium: one of each for
/// all journeys, a fresh browser context for each test.
/// </summary>
public sealed class Journey : IAsyncLifetime
{
    /// <summary>A recipient of no other test.</summary>
    internal const string Reader = "lectrice@example.org";

    private readonly string _folder = Directory.CreateTempSubdirectory("psc-browser-").FullName;
    private WebApplication? _sandbox;
    private SampleRelyingParty? _sample;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public PreparedSandbox Prepared { get; private set; } = null!;

    /// <summary>The provider over plain http on loopback, which a browser takes for a secure context.</summary>
    public string Provider { get; private set; } = "";

    public string RelyingParty { get; private set; } = "";

    public TestPki Pki => Prepared.Pki.Pki;

    public async ValueTask InitializeAsync()
    {
        if (Requires.ChromiumPath is null) return;

        var ports = FreePorts(4);
        var arguments = new SandboxArguments { DataFolder = _folder, HttpsPort = ports[0], CardPort = ports[1], HttpPort = ports[2] };
        Provider = $"http://localhost:{ports[2]}";
        RelyingParty = $"http://localhost:{ports[3]}";
        await File.WriteAllTextAsync(new SandboxFolder(_folder).Clients, SampleRelyingParty.Registration(RelyingParty));
        Prepared = await SandboxPreparation.PrepareAsync(arguments, TimeProvider.System, CancellationToken.None);
        _sandbox = SandboxHost.Build(Prepared, TimeProvider.System, builder =>
        {
            builder.Logging.ClearProviders();
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["RateLimits:ExemptNetworks:0"] = "127.0.0.0/8",
                ["Logs:Console"] = "false",
                ["Activation:PollSeconds"] = "1",
                // The machine also runs the browsers, and nothing is compiled yet.
                ["Failures:RequestDeadline"] = "00:00:30",
            });
        });
        await _sandbox.StartAsync();
        await FillMailboxAsync(_sandbox.Services);
        _sample = await SampleRelyingParty.StartAsync(RelyingParty, Provider);

        Assertions.SetDefaultExpectTimeout(30_000);
        _playwright = await Playwright.CreateAsync();
        _browser = await SystemChromium.LaunchAsync(_playwright);
    }

    /// <summary>A mail and an SMS for the page that shows them.</summary>
    private static async Task FillMailboxAsync(IServiceProvider services)
    {
        var (outbox, now) = (services.GetRequiredService<Outbox>(), TimeProvider.System.GetUtcNow());
        _ = EmailAddress.TryParse(Reader, out var mail);
        _ = PhoneNumber.TryParse("06 39 98 00 99", out var phone);
        await using var db = services.GetRequiredService<PscDbFactory>().Create();
        outbox.AddMail(db, mail, new ActivationQr("Camille FICTIF", "secret", now.AddHours(1)), Terms("journey:mail"));
        outbox.AddSms(db, phone, new ActivationCodeSms("493027", 5), Terms("journey:sms"));
        await db.SaveChangesAsync();

        DeliveryTerms Terms(string key) => new() { IdempotencyKey = key, Now = now, ExpiresAt = now.AddMinutes(5) };
    }

    /// <summary>The sandbox's database, to change times in it.</summary>
    internal PscDb OpenDatabase() => _sandbox!.Services.GetRequiredService<PscDbFactory>().Create();

    /// <summary>A new browser context. With a card, it presents that certificate to the card listener.</summary>
    public async Task<IPage> OpenAsync(TestCard? card = null, ViewportSize? size = null, ColorScheme scheme = ColorScheme.Light, bool script = true)
    {
        Requires.Chromium();
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            Locale = "fr-FR",
            IgnoreHTTPSErrors = true,
            JavaScriptEnabled = script,
            ColorScheme = scheme,
            ReducedMotion = ReducedMotion.Reduce,
            ViewportSize = size ?? new ViewportSize { Width = 1280, Height = 900 },
            ClientCertificates = card is null ? null : [CertificateOf(card)],
        });
        context.SetDefaultTimeout(60_000);
        return await context.NewPageAsync();
    }

    public async Task<ComputerWindow> OpenComputerAsync(bool script = true) => new(await OpenAsync(script: script), this);

    public async Task<Letterbox> OpenLetterboxAsync() => new(await OpenAsync(), this);

    /// <summary>A new phone; with a camera it needs a browser of its own.</summary>
    public async Task<PhoneWindow> OpenPhoneAsync(bool withCamera = false)
    {
        Requires.Chromium();
        var camera = withCamera ? new Camera() : null;
        var browser = camera is null ? _browser! : await SystemChromium.LaunchAsync(_playwright!, camera.Arguments);
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            Locale = "fr-FR",
            UserAgent = $"Mozilla/5.0 (Linux; Android 16; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{browser.Version} Mobile Safari/537.36",
            HasTouch = true,
            IsMobile = true,
            ReducedMotion = ReducedMotion.Reduce,
            // Each service worker fetches the whole app once more; only a phone with its own browser has one.
            ServiceWorkers = withCamera ? ServiceWorkerPolicy.Allow : ServiceWorkerPolicy.Block,
            ViewportSize = new ViewportSize { Width = 390, Height = 844 },
            Permissions = withCamera ? ["camera", "notifications"] : [],
        });
        context.SetDefaultTimeout(60_000);
        var page = await context.NewPageAsync();
        await VirtualKeys.PlugIntoAsync(page);
        return new PhoneWindow(page, this, camera);
    }

    public TestCard Card(TestCardVariant variant = TestCardVariant.Ordinary, string nationalId = "898765000017") =>
        variant == TestCardVariant.Ordinary
            ? new[] { "cps", "cpf" }.Select(kind => Prepared.Pki.Find($"{kind}-{nationalId}")).OfType<TestCard>().First()
            : Prepared.Pki.RefusedCards.Single(card => card.Variant == variant);

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.LeaveAsync();
        _playwright?.Dispose();
        _sample?.Dispose();
        if (_sandbox is not null)
        {
            await _sandbox.StopAsync();
            await _sandbox.DisposeAsync();
        }

        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private ClientCertificate CertificateOf(TestCard card)
    {
        using var certificate = card.PresentedWithKey();
        using var key = certificate.GetRSAPrivateKey()!;
        return new ClientCertificate
        {
            Origin = $"https://localhost:{Prepared.Arguments.CardPort}",
            Cert = System.Text.Encoding.ASCII.GetBytes(certificate.ExportCertificatePem()),
            Key = System.Text.Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem()),
        };
    }

    private static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(listener => listener.Start());
        var ports = listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port).ToArray();
        listeners.ForEach(listener => listener.Dispose());
        return ports;
    }
}
