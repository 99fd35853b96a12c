using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ProSanteConnect.Server.Shared;
using ProSanteConnect.Server.Shared.Clients;

namespace ProSanteConnect.Server.Tests.Pages;

/// <summary>A host with the pages only, and routes that fail in each way.</summary>
public sealed class PagesHost : IAsyncLifetime
{
    private WebApplication _app = null!;

    public HttpClient Client { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(PagesFeature).Assembly.GetName().Name,
            EnvironmentName = "Development",
        });
        builder.WebHost.UseTestServer();
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.Services.AddPages();
        builder.Services.AddSingleton<ClientDirectory>();
        _app = builder.Build();
        _app.UsePages();
        _app.UseRouting();
        _app.UseAntiforgery();
        _app.MapGet("/echec/{status:int}", (int status, HttpContext context) =>
        {
            context.Response.Headers.RetryAfter = "170";
            context.Response.StatusCode = status;
        });
        _app.MapPages();
        await _app.StartAsync();
        Client = _app.GetTestClient();
    }

    public async Task<(HttpResponseMessage Response, IHtmlDocument Page)> GetAsync(string path, string? language = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (language is not null) request.Headers.Add("Accept-Language", language);
        var response = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        var html = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return (response, new HtmlParser().ParseDocument(html));
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}
