using System.Net;

namespace ProSanteConnect.Benchmarks;

/// <summary>A browser that begins without cookies and does not follow redirects by itself.</summary>
internal sealed class BenchmarkBrowser : IDisposable
{
    private readonly HttpClient _http;

    public BenchmarkBrowser(Uri origin)
    {
        Origin = origin;
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer(), MaxConnectionsPerServer = 1 })
        {
            BaseAddress = origin,
        };
        _http.DefaultRequestHeaders.Add("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0");
        _http.DefaultRequestHeaders.Add("Accept", "text/html");
    }

    public Uri Origin { get; }

    public async Task<string> RedirectAsync(string url)
    {
        using var response = await _http.GetAsync(url);
        return LocationOf(response);
    }

    public async Task<string> PostAsync(string url, Dictionary<string, string> form)
    {
        using var response = await _http.PostAsync(url, new FormUrlEncodedContent(form));
        return LocationOf(response);
    }

    public Task<string> PageAsync(string url) => _http.GetStringAsync(url);

    public void Dispose() => _http.Dispose();

    private static string LocationOf(HttpResponseMessage response) =>
        response.Headers.Location?.OriginalString ?? throw new InvalidOperationException($"{(int)response.StatusCode} leads nowhere.");
}
