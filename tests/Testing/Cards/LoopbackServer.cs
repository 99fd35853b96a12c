using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ProSanteConnect.Testing.Cards;

/// <summary>A real HTTP server on a free loopback port that answers as a test specifies and counts requests.</summary>
public sealed class LoopbackServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _requests;

    private LoopbackServer(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Run(context =>
        {
            Interlocked.Increment(ref _requests);
            return answer(context);
        });
    }

    public int Requests => Volatile.Read(ref _requests);

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    public static async Task<LoopbackServer> StartAsync(RequestDelegate answer)
    {
        var server = new LoopbackServer(answer);
        await server._app.StartAsync();
        return server;
    }

    /// <summary>A server that turns the bytes of each request into the bytes of the answer.</summary>
    public static Task<LoopbackServer> StartAsync(Func<byte[], byte[]> answer) => StartAsync(async context =>
    {
        using var request = new MemoryStream();
        await context.Request.Body.CopyToAsync(request);
        await context.Response.Body.WriteAsync(answer(request.ToArray()));
    });

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
