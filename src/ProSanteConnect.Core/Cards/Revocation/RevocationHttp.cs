using System.Net;
using ProSanteConnect.Core.Cards.Checks;

namespace ProSanteConnect.Core.Cards.Revocation;

/// <summary>The HTTP client for CRL downloads and OCSP requests.</summary>
public static class RevocationHttp
{
    /// <summary>The service key under which the client is registered.</summary>
    public const string ServiceKey = "revocation";

    /// <summary>
    /// Creates the client: no redirects, no cookies, bounded headers, a connection timeout. It uses the given proxy, or that of the
    /// system, except for loopback addresses.
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

    // HTTP_PROXY applies to loopback addresses too, and a proxy cannot reach the local responder of the sandbox.
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

/// <summary>One HTTP exchange with a time limit and a size limit, without redirects (security-checklist T17).</summary>
internal static class BoundedHttp
{
    public static async Task<Download> SendAsync(
        HttpMessageInvoker http, HttpRequestMessage request, int maxBytes, TimeSpan timeout, CancellationToken ct)
    {
        var asked = request.RequestUri;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(timeout);
        try
        {
            using var response = await StartAsync(http, request, limit.Token);
            // A handler that follows redirects changes the request URI; an answer from another address is rejected.
            if (response.StatusCode != HttpStatusCode.OK || response.RequestMessage?.RequestUri is { } reached && reached != asked)
                return new Download.Failed(RevocationDoubt.Refused);

            return await ReadAsync(response.Content, maxBytes, limit.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new Download.Failed(RevocationDoubt.TimedOut);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            return new Download.Failed(RevocationDoubt.Unreachable);
        }
    }

    // An HttpClient would buffer the whole response before its size could be checked.
    private static Task<HttpResponseMessage> StartAsync(HttpMessageInvoker http, HttpRequestMessage request, CancellationToken ct) =>
        http is HttpClient client
            ? client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct)
            : http.SendAsync(request, ct);

    private static async Task<Download> ReadAsync(HttpContent content, int maxBytes, CancellationToken ct)
    {
        if (content.Headers.ContentLength > maxBytes) return new Download.Failed(RevocationDoubt.TooLarge);

        await using var stream = await content.ReadAsStreamAsync(ct);
        return await ReadAsync(stream, maxBytes, ct);
    }

    public static async Task<Download> ReadAsync(Stream stream, int maxBytes, CancellationToken ct)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await stream.ReadAsync(buffer, ct) is var count and > 0)
        {
            if (bytes.Length + count > maxBytes) return new Download.Failed(RevocationDoubt.TooLarge);

            bytes.Write(buffer, 0, count);
        }

        return new Download.Received(bytes.ToArray());
    }
}

/// <summary>The result of a download.</summary>
internal abstract record Download
{
    private Download()
    {
    }

    public sealed record Received(byte[] Bytes) : Download;

    public sealed record Failed(string Doubt) : Download;
}

/// <summary>The configured addresses for revocation checks, by authority.</summary>
public sealed class RevocationAddresses
{
    private readonly List<KeyValuePair<Authority, RevocationSource>> _sources = [];
    private readonly Dictionary<string, KeyValuePair<Authority, RevocationSource>> _byKey = [];

    /// <exception cref="InvalidOperationException">A source names an authority that is not trusted, or an authority has two sources.</exception>
    public RevocationAddresses(TrustedAuthorities authorities, CardOptions options)
    {
        foreach (var source in options.RevocationSources)
        {
            var named = authorities.Named(source.Issuer).ToList();
            if (named.Count == 0)
                throw new InvalidOperationException(
                    $"Card:RevocationSources: no trusted authority is called '{source.Issuer}'; there are: {string.Join(", ", authorities.All)}.");

            foreach (var authority in named) Add(authority, source);
        }
    }

    internal IReadOnlyList<KeyValuePair<Authority, RevocationSource>> All => _sources;

    internal RevocationSource? Of(Authority authority) => _byKey.TryGetValue(authority.Key, out var entry) ? entry.Value : null;

    /// <summary>The issuer of this certificate and its source; null when none is configured.</summary>
    internal (Authority Issuer, RevocationSource Source)? Of(CertificateId certificate) =>
        _byKey.TryGetValue(certificate.IssuerKey, out var entry) ? (entry.Key, entry.Value) : null;

    private void Add(Authority authority, RevocationSource source)
    {
        var entry = KeyValuePair.Create(authority, source);
        if (!_byKey.TryAdd(authority.Key, entry))
            throw new InvalidOperationException($"Card:RevocationSources names '{authority}' twice.");

        _sources.Add(entry);
    }
}
