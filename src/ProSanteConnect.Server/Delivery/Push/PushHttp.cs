using System.Net;
using System.Net.Sockets;

namespace ProSanteConnect.Server.Delivery.Push;

/// <summary>The outgoing door for push messages: no redirects, no cookies, no proxy, five seconds, and only where it may reach.</summary>
internal static class PushHttp
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static HttpClient Create(PushReach reach) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        ConnectCallback = (context, ct) => ConnectAsync(reach, context.DnsEndPoint, ct),
        MaxResponseHeadersLength = 16,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    {
        Timeout = Patience,
        MaxResponseContentBufferSize = 64 * 1024,
    };

    // The address that was checked is the address that is connected to: a name cannot change its mind in between.
    private static async ValueTask<Stream> ConnectAsync(PushReach reach, DnsEndPoint endpoint, CancellationToken ct)
    {
        var addresses = await Dns.GetHostAddressesAsync(endpoint.Host, ct);
        var allowed = addresses.Where(reach.Allows).ToArray();
        if (allowed.Length == 0) throw new PushOutOfReachException();

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, endpoint.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
