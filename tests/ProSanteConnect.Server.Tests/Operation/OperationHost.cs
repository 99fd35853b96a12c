using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Security;
using ProSanteConnect.Server.Operation;
using ProSanteConnect.Server.Shared.Clients;
using Serilog.Core;

namespace ProSanteConnect.Server.Tests.Operation;

/// <summary>A host in memory with the operation features alone.</summary>
internal sealed class OperationHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private OperationHost(WebApplication app)
    {
        _app = app;
        Client = app.GetTestServer().CreateClient();
        Client.BaseAddress = new Uri("https://psc.example/");
    }

    public HttpClient Client { get; }

    public IServiceProvider Services => _app.Services;

    public RecordingLog Log => Services.GetRequiredService<RecordingLog>();

    public static async Task<OperationHost> StartAsync(
        Action<WebApplication> map,
        DatabaseOptions? database = null,
        IReadOnlyDictionary<string, string?>? settings = null,
        Action<IServiceCollection>? services = null,
        string environment = "Production",
        string remoteAddress = "192.0.2.1")
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(OperationFeature).Assembly.GetName().Name,
            EnvironmentName = environment,
        });
        builder.WebHost.UseTestServer();
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Logs:Level"] = "Debug",
            ["Logs:Console"] = "false",
            ["Health:DrainTime"] = "00:00:00",
        });
        builder.Configuration.AddInMemoryCollection(settings ?? new Dictionary<string, string?>());
        builder.Services.AddSingleton<ClientDirectory>();
        builder.Services.AddSingleton<RecordingLog>();
        builder.Services.AddSingleton<ILogEventSink>(provider => provider.GetRequiredService<RecordingLog>());
        builder.Services.AddSingleton(new MasterKey(new byte[MasterKey.Size]));
        builder.Services.AddPscDb(_ => database ?? new DatabaseOptions { ConnectionString = "Data Source=:memory:" });
        services?.Invoke(builder.Services);
        builder.AddOperation();

        var app = builder.Build();
        app.Use(next => context =>
        {
            context.Connection.RemoteIpAddress ??= IPAddress.Parse(remoteAddress);
            return next(context);
        });
        app.UseOperation();
        app.UseRouting();
        app.MapOperation();
        map(app);
        await app.StartAsync(TestContext.Current.CancellationToken);
        app.Services.GetRequiredService<RecordingLog>().Clear();
        return new OperationHost(app);
    }

    public async Task<HttpResponseMessage> GetAsync(string path, string accept, string? acceptLanguage = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        if (acceptLanguage is not null) request.Headers.Add("Accept-Language", acceptLanguage);
        return await Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public Task StopAsync() => _app.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}
