using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Enrolment;
using ProSanteConnect.Server.Shared.Changes;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Server.Tests.Pages;

/// <summary>A computer on the page "Activer mon e-CPS", and a phone.</summary>
public abstract class ActivationPageFixture : IAsyncLifetime
{
    protected const string Path = "/activation";

    private protected PscApp App { get; private set; } = null!;

    private protected Browser Computer { get; private set; } = null!;

    private protected RulesPhone Phone { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        App = await PscApp.StartAsync();
        Computer = App.NewBrowser();
        Phone = new RulesPhone(App);
    }

    public async ValueTask DisposeAsync()
    {
        Computer.Dispose();
        await App.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected static string SecretOn(HtmlPage page) => page.Text("#texte").Replace(" ", "", StringComparison.Ordinal);

    private protected async Task<HtmlPage> BeginAsync(bool signedIn = false)
    {
        if (!signedIn) await App.SignInAtPortalAsync(Computer);
        App.Clock.Advance(TimeSpan.FromMilliseconds(10));
        var page = await HtmlPage.OpenAsync(Computer, Path);
        if (page.Find("#commencer") is null)
        {
            await page.PressAsync(Computer, "#annuler");
            page = await HtmlPage.OpenAsync(Computer, Path);
        }

        var begun = await page.PressAsync(Computer, "#commencer");
        Assert.Equal((HttpStatusCode.SeeOther, Path), (begun.StatusCode, begun.Headers.Location!.ToString()));
        return await HtmlPage.OpenAsync(Computer, Path);
    }

    private protected async Task<HtmlPage> ScannedAsync(bool signedIn = false)
    {
        Assert.IsType<ScanResult.Paired>(await Phone.ScanAsync(SecretOn(await BeginAsync(signedIn))));
        return await HtmlPage.OpenAsync(Computer, Path);
    }

    private protected async Task<HtmlPage> TypeAsync(HtmlPage page, string code) => await HtmlPage.OpenAsync(
        Computer, (await page.Fill("#code", code).PressAsync(Computer, "#valider")).Headers.Location!.ToString());

    private protected async Task AssertStaleAsync(HtmlPage page, string button) => Assert.Equal(
        "Cette page a expiré.", (await HtmlPage.ReadAsync(await page.PressAsync(Computer, button, withoutToken: true))).Heading);

    private protected async Task<Task<StatusResponse>> WaitAsync(HtmlPage page)
    {
        var news = AskAsync(WaitingPage.NewsOf(page));
        await Task.Delay(TimeSpan.FromMilliseconds(150), TimeProvider.System, TestContext.Current.CancellationToken);
        await App.TickAsync();
        await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.False(news.IsCompleted);
        return news;
    }

    private protected async Task<StatusResponse> AskAsync(string url) => (await Computer.Http.GetFromJsonAsync<StatusResponse>(url, TestContext.Current.CancellationToken))!;

    private protected async Task<Core.Practitioners.Practitioner> PractitionerAsync()
    {
        await using var db = App.Database.Open();
        return await db.Practitioners.AsNoTracking().FirstAsync(TestContext.Current.CancellationToken);
    }

    private protected async Task<List<Activation>> ActivationsAsync()
    {
        await using var db = App.Database.Open();
        return await db.Activations.AsNoTracking().ToListAsync(TestContext.Current.CancellationToken);
    }
}
