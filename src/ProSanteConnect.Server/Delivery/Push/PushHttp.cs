using System.Net;
using System.Net.Sockets;

namespace ProSanteConnect.Server.Delivery.Push;

/// <summary>The HTTP client for push services: no redirects, no cookies, no proxy, a timeout of five seconds, and allowed addresses only.</summary>
internal static class PushHttp
{
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(5);

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
        Timeout = RequestTimeout,
        MaxResponseContentBufferSize = 64 * 1024,
    };

    // Connects to the checked addresses, so that a second DNS answer cannot differ (DNS rebinding).
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

/// <summary>
/// The addresses that push messages may be sent to. The phone supplies the URL, so production allows public addresses only
/// (server-side request forgery). The sandbox and tests, by code, allow this machine only.
/// </summary>
internal sealed record PushReach(bool OnlyThisMachine)
{
    public static readonly PushReach Internet = new(OnlyThisMachine: false);
    public static readonly PushReach ThisMachine = new(OnlyThisMachine: true);

    // Not public: private, shared, loopback, link-local, documentation, benchmarks, multicast, reserved (RFC 6890).
    private static readonly IPNetwork[] NotPublic =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
            "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
            "224.0.0.0/4", "240.0.0.0/4", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
        }.Select(IPNetwork.Parse),
    ];

    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    /// <summary>Whether the URL may be tried. The addresses of its host name are checked when the connection is made.</summary>
    public bool Allows(Uri endpoint)
    {
        if (!endpoint.IsAbsoluteUri || endpoint.UserInfo.Length > 0) return false;
        if (endpoint.Scheme != Uri.UriSchemeHttps && !(OnlyThisMachine && endpoint.Scheme == Uri.UriSchemeHttp)) return false;

        return IPAddress.TryParse(endpoint.DnsSafeHost, out var address) ? Allows(address) : endpoint.IsLoopback == OnlyThisMachine;
    }

    /// <summary>The same, and whether the host is a push service; on this machine only tests and the sandbox have one.</summary>
    public bool Allows(Uri endpoint, PushOptions options) => Allows(endpoint) && (OnlyThisMachine || options.AllowsHost(endpoint.DnsSafeHost));

    public bool Allows(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (OnlyThisMachine) return IPAddress.IsLoopback(plain);
        if (plain.AddressFamily == AddressFamily.InterNetworkV6 && !GlobalUnicast.Contains(plain)) return false;

        return !NotPublic.Any(network => network.BaseAddress.AddressFamily == plain.AddressFamily && network.Contains(plain));
    }
}

/// <summary>The host name of a push service resolves to no allowed address.</summary>
internal sealed class PushOutOfReachException() : IOException("The address is out of reach.");
