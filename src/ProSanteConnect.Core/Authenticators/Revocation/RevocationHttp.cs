using System.Net;

namespace ProSanteConnect.Core.Authenticators.Revocation;

/// <summary>The outgoing door for CRLs and OCSP.</summary>
public static class RevocationHttp
{
    /// <summary>The key under which services find the door.</summary>
    public const string ServiceKey = "revocation";

    /// <summary>
    /// No redirects, no cookies, few headers, a connection within the time that an answer may take; by the machine's proxy,
    /// or the given one, but for what is on this machine.
    /// </summary>
    public static HttpMessageInvoker Create(IWebProxy? proxy = null) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        Proxy = new ProxyForOthers(proxy ?? HttpClient.DefaultProxy),
        ConnectTimeout = TimeSpan.FromSeconds(3),
        MaxResponseHeadersLength = 16,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    });

    // HTTP_PROXY covers loopback addresses as well, and a proxy cannot reach the sandbox's own responder.
    private sealed class ProxyForOthers(IWebProxy proxy) : IWebProxy
    {
        public ICredentials? Credentials
        {
            get => proxy.Credentials;
            set => proxy.Credentials = value;
        }

        public Uri? GetProxy(Uri destination) => destination.IsLoopback ? null : proxy.GetProxy(destination);

        public bool IsBypassed(Uri host) => host.IsLoopback || proxy.IsBypassed(host);
    }
}
