using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Delivery;
using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Sandbox.Mailbox;
using ProSanteConnect.Server.Delivery.Push;
using ProSanteConnect.Server.Tests.Samples;
using static ProSanteConnect.Server.Tests.Delivery.DeliveryFixture;

namespace ProSanteConnect.Server.Tests.Delivery;

/// <summary>/sandbox/boite.</summary>
public sealed class SandboxMailbox(SandboxOverTls sandbox) : IClassFixture<SandboxOverTls>, IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = new Uri($"http://localhost:{sandbox.HttpPort}") };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task Every_mail_and_SMS_is_shown_as_it_would_look_with_its_QR_code_and_leaves_nowhere()
    {
        await AddAsync((outbox, db, now) =>
        {
            outbox.AddMail(db, Recipient, Qr, Terms("box:mail", now));
            outbox.AddSms(db, Phone, new ActivationCodeSms("493027", 5), Terms("box:sms", now));
        });

        // The box is shared with the other tests: it may hold their messages before ours.
        var page = await UntilAsync(
            "/sandbox/boite",
            page => page.QuerySelectorAll("article h2").Any(heading => heading.TextContent == "Activez votre e-CPS")
                && page.QuerySelectorAll("article").Any(article => article.TextContent.Contains("493027 est votre code", StringComparison.Ordinal)));

        var articles = page.QuerySelectorAll("article").ToList();
        var sms = articles.Single(article => article.TextContent.Contains("493027 est votre code", StringComparison.Ordinal));
        Assert.Contains("+33639980001", sms.TextContent, StringComparison.Ordinal);
        var mail = articles.Single(article => article.QuerySelector("h2")!.TextContent == "Activez votre e-CPS" && article.TextContent.Contains(MailAddress, StringComparison.Ordinal));
        var frame = mail.QuerySelector("iframe")!;
        Assert.Equal("allow-popups allow-popups-to-escape-sandbox", frame.GetAttribute("sandbox"));
        Assert.NotEmpty(frame.GetAttribute("title")!);

        using var letter = await _http.GetAsync(new Uri(frame.GetAttribute("src")!, UriKind.Relative), Ct);
        var document = new HtmlParser().ParseDocument(await letter.Content.ReadAsStringAsync(Ct));
        Assert.StartsWith("data:image/png;base64,iVBOR", document.QuerySelector("img")!.GetAttribute("src"), StringComparison.Ordinal);
        Assert.Equal($"http://localhost:{sandbox.HttpPort}/app/#qr=AbC-123_secret", document.QuerySelector("a")!.GetAttribute("href"));
        var policy = letter.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("sandbox allow-popups", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("script-src", policy, StringComparison.Ordinal);
        Assert.Equal("SAMEORIGIN", letter.Headers.GetValues("X-Frame-Options").Single());
    }

    [Theory]
    [InlineData("localhost", true)]
    [InlineData("evil.example", false)]
    public async Task A_mail_leads_to_the_origin_that_asked_when_it_is_ours(string host, bool isOurs)
    {
        var accessor = sandbox.Services.GetRequiredService<IHttpContextAccessor>();
        _ = EmailAddress.TryParse($"asked-at-{host}@example.org", out var other);
        accessor.HttpContext = new DefaultHttpContext { Request = { Scheme = "https", Host = new HostString(host, sandbox.HttpsPort) } };
        await AddAsync((outbox, db, now) => outbox.AddMail(db, other, Qr, Terms($"asked:{host}", now)));
        accessor.HttpContext = null;

        var page = await UntilAsync($"/sandbox/boite?a={other.Value}", page => page.QuerySelectorAll("article").Length == 1);

        using var letter = await _http.GetAsync(new Uri(page.QuerySelector("iframe")!.GetAttribute("src")!, UriKind.Relative), Ct);
        var link = new HtmlParser().ParseDocument(await letter.Content.ReadAsStringAsync(Ct)).QuerySelector("a")!.GetAttribute("href");
        var expected = isOurs ? $"https://localhost:{sandbox.HttpsPort}" : $"http://localhost:{sandbox.HttpPort}";
        Assert.StartsWith($"{expected}/app/#qr=", link, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_newest_comes_first_and_one_recipient_can_be_chosen()
    {
        _ = EmailAddress.TryParse("sacha@example.org", out var other);
        await AddAsync((outbox, db, now) => outbox.AddMail(db, other, new ECpsRenewed("Sacha", "Pixel", now), Terms("order:1", now)));
        await UntilAsync("/sandbox/boite?a=sacha@example.org", page => page.QuerySelectorAll("article").Length == 1);
        await AddAsync((outbox, db, now) => outbox.AddMail(db, other, new ECpsBlocked("Sacha", "Pixel", now), Terms("order:2", now)));

        var page = await UntilAsync("/sandbox/boite?a=sacha@example.org", page => page.QuerySelectorAll("article").Length == 2);

        Assert.Equal(["Votre e-CPS est bloquée", "Votre e-CPS est renouvelée"], page.QuerySelectorAll("article h2").Select(heading => heading.TextContent));
        Assert.Equal("sacha@example.org", page.QuerySelector("option[selected]")!.GetAttribute("value"));
    }

    [Fact]
    public async Task The_page_follows_without_a_script_and_stops_when_it_is_told_to()
    {
        using var following = await _http.GetAsync(new Uri("/sandbox/boite", UriKind.Relative), Ct);
        using var paused = await _http.GetAsync(new Uri("/sandbox/boite?pause=true", UriKind.Relative), Ct);

        Assert.Equal("5", following.Headers.GetValues("Refresh").Single());
        Assert.False(paused.Headers.Contains("Refresh"));
        Assert.Equal("DENY", following.Headers.GetValues("X-Frame-Options").Single());
        Assert.Contains("frame-src 'self'", following.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_speaks_English_to_who_asks_for_it()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sandbox/boite");
        request.Headers.Add("Accept-Language", "en");

        using var response = await _http.SendAsync(request, Ct);

        Assert.Contains("<h1>Sandbox mailbox</h1>", await response.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_message_is_not_found()
    {
        using var response = await _http.GetAsync(new Uri($"/sandbox/boite/{Guid.NewGuid()}", UriKind.Relative), Ct);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public void No_push_message_leaves_the_machine_either() =>
        Assert.Equal(PushReach.ThisMachine, sandbox.Services.GetRequiredService<PushReach>());

    [Fact]
    public void The_box_keeps_the_last_two_hundred_and_a_message_sent_twice_once()
    {
        var folder = Directory.CreateTempSubdirectory("psc-test-").FullName;
        var kept = new KeptMessages(Path.Combine(folder, "boite"));
        for (var i = 0; i < KeptMessages.Limit + 5; i++)
            kept.Keep(new KeptMessage(Guid.NewGuid(), Channel.Sms, "+33639980001", Now.AddSeconds(i), "", $"{i}", null, null));
        var newest = kept.All()[0];

        kept.Keep(newest with { At = Now.AddHours(1), Text = "again" });

        Assert.Equal(KeptMessages.Limit, kept.All().Count);
        Assert.Equal(["again", "203"], kept.All().Take(2).Select(message => message.Text));
        Assert.Equal("5", kept.All()[^1].Text);
        Directory.Delete(folder, recursive: true);
    }

    private static DeliveryTerms Terms(string key, DateTimeOffset now) => new() { IdempotencyKey = key, Now = now, ExpiresAt = now.AddMinutes(5) };

    private async Task AddAsync(Action<Outbox, PscDb, DateTimeOffset> add)
    {
        await using var scope = sandbox.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PscDb>();
        add(scope.ServiceProvider.GetRequiredService<Outbox>(), db, TimeProvider.System.GetUtcNow());
        await db.SaveChangesAsync(Ct);
    }

    private async Task<IDocument> UntilAsync(string path, Func<IDocument, bool> seen)
    {
        for (var attempt = 0; attempt < 100; attempt++)
        {
            var page = new HtmlParser().ParseDocument(await _http.GetStringAsync(new Uri(path, UriKind.Relative), Ct));
            if (seen(page)) return page;

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Ct);
        }

        throw new InvalidOperationException("The message did not arrive.");
    }
}
