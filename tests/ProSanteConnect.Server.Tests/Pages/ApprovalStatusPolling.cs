using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ProSanteConnect.Server.Shared.Changes;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Server.Tests.Pages;

/// <summary>The long poll of the page "Validez sur votre téléphone": it answers at once after a change, and in bounded time without one.</summary>
public sealed class ApprovalStatusPolling : IAsyncLifetime
{
    private PscApp _app = null!;
    private RelyingParty _rp = null!;
    private Browser _browser = null!;
    private RulesPhone _phone = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await PscApp.StartAsync();
        _rp = await RelyingParty.RegisterAsync(_app);
        _browser = _app.NewBrowser();
        _phone = await RulesPhone.ActivateAsync(_app);
    }

    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task An_approval_is_told_with_the_next_tick_and_where_to_go()
    {
        var page = await _browser.StartApprovalAsync(_rp);
        var news = await WaitAsync(page);
        await _phone.ApproveAsync(page.NumberOf());

        await _app.TickAsync();

        var told = await news;
        Assert.Equal("approved", told.State);
        var answer = RelyingParty.Answer(await _browser.FollowAsync(told.NextUrl!));
        Assert.Contains("code", answer.Keys);
    }

    [Fact]
    public async Task An_approval_on_another_node_is_told_here()
    {
        await using var other = await _app.JoinAsync();
        var page = await _browser.StartApprovalAsync(_rp);
        var news = await WaitAsync(page);
        await _phone.OnNode(other).ApproveAsync(page.NumberOf());

        await _app.TickAsync();

        Assert.Equal("approved", (await news).State);
    }

    [Fact]
    public async Task A_refusal_is_told_without_anywhere_to_go()
    {
        var page = await _browser.StartApprovalAsync(_rp);
        var news = await WaitAsync(page);
        await _phone.DenyAsync();

        await _app.TickAsync();

        Assert.Equal(new StatusResponse("denied"), await news);
    }

    [Theory]
    [InlineData(PhoneSignInSteps.Camille)]
    [InlineData("899700218896")]
    public async Task Nothing_is_told_after_25_seconds_and_the_end_when_it_comes(string identifier)
    {
        var page = await _browser.StartApprovalAsync(_rp, identifier);
        _app.Clock.Advance(TimeSpan.FromSeconds(80));
        var first = await WaitAsync(page);
        _app.Clock.Advance(RequestWaits.LongestPoll);
        Assert.Equal(new StatusResponse("pending"), await first);

        var second = await WaitAsync(page);
        _app.Clock.Advance(TimeSpan.FromSeconds(15));

        Assert.Equal(new StatusResponse("expired"), await second);
    }

    [Fact]
    public async Task Who_does_not_say_what_it_saw_is_told_at_once()
    {
        var page = await _browser.StartApprovalAsync(_rp);

        var news = await AskAsync(WaitingPage.NewsOf(page).Replace("&vu=pending", "", StringComparison.Ordinal));

        Assert.Equal(new StatusResponse("pending"), news);
    }

    [Fact]
    public async Task A_tab_whose_request_was_sent_again_elsewhere_is_told_to_look()
    {
        var page = await _browser.StartApprovalAsync(_rp);
        var news = await WaitAsync(page);
        _app.Clock.Advance(TimeSpan.FromSeconds(1));
        await page.PressAsync(_browser, "#renvoyer");

        await _app.TickAsync();

        Assert.Equal(new StatusResponse("replaced"), await news);
        Assert.Equal("Validez sur votre téléphone", (await page.ReloadAsync(_browser)).Heading);
    }

    [Fact]
    [Trait("Requirement", "T6")]
    public async Task A_decoy_never_tells_anything_but_its_end()
    {
        var decoy = await _browser.StartApprovalAsync(_rp, "899700218896");
        using var other = _app.NewBrowser();
        var real = await other.StartApprovalAsync(_rp);
        var news = await WaitAsync(decoy);
        await _phone.ApproveAsync(real.NumberOf());

        await _app.TickAsync();
        await _app.TickAsync();

        Assert.False(news.IsCompleted);
        _app.Clock.Advance(TimeSpan.FromSeconds(120));
        Assert.NotEqual("approved", (await news).State);
        Assert.Equal(new StatusResponse("expired"), await AskAsync(WaitingPage.NewsOf(decoy)));
    }

    [Fact]
    [Trait("Requirement", "R15")]
    public async Task A_host_that_stops_keeps_nobody_waiting()
    {
        var page = await _browser.StartApprovalAsync(_rp);
        var news = await WaitAsync(page);

        _app.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        Assert.Equal(new StatusResponse("pending"), await news.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, TestContext.Current.CancellationToken));
    }

    // The poll has reached the server when the watch has one wait; its first tick always completes it.
    private async Task<Task<StatusResponse>> WaitAsync(HtmlPage page)
    {
        var news = AskAsync(WaitingPage.NewsOf(page));
        await Task.Delay(TimeSpan.FromMilliseconds(150), TimeProvider.System, TestContext.Current.CancellationToken);
        await _app.TickAsync();
        await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.False(news.IsCompleted);
        return news;
    }

    private async Task<StatusResponse> AskAsync(string url) =>
        (await _browser.Http.GetFromJsonAsync<StatusResponse>(url, TestContext.Current.CancellationToken))!;
}
