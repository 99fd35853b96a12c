namespace ProSanteConnect.Benchmarks;

/// <summary>A browser that begins without cookies and does not follow redirects by itself.</summary>
internal sealed class BenchmarkBrowser : IDisposable
{
    private readonly HttpClient _http;

    // A browser takes http on loopback for secure and sends Secure cookies there; CookieContainer does not.
    private readonly Dictionary<string, string> _cookies = [];

    public BenchmarkBrowser(Uri origin)
    {
        Origin = origin;
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, MaxConnectionsPerServer = 1 })
        {
            BaseAddress = origin,
        };
        _http.DefaultRequestHeaders.Add("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0");
        _http.DefaultRequestHeaders.Add("Accept", "text/html");
    }

    public Uri Origin { get; }

    public async Task<string> RedirectAsync(string url)
    {
        using var response = await SendAsync(new HttpRequestMessage(HttpMethod.Get, url));
        return LocationOf(response);
    }

    public async Task<string> PostAsync(string url, Dictionary<string, string> form)
    {
        using var response = await SendAsync(new HttpRequestMessage(HttpMethod.Post, url) { Content = new FormUrlEncodedContent(form) });
        return LocationOf(response);
    }

    public async Task<string> PageAsync(string url)
    {
        using var response = await SendAsync(new HttpRequestMessage(HttpMethod.Get, url));
        return await response.Content.ReadAsStringAsync();
    }

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            if (_cookies.Count > 0) request.Headers.Add("Cookie", string.Join("; ", _cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));

            var response = await _http.SendAsync(request);
            if (!response.Headers.TryGetValues("Set-Cookie", out var values)) return response;

            foreach (var pair in values.Select(value => value.Split(';')[0].Split('=', 2))) _cookies[pair[0]] = pair[1];
            return response;
        }
    }

    private static string LocationOf(HttpResponseMessage response) =>
        response.Headers.Location?.OriginalString ?? throw new InvalidOperationException($"{(int)response.StatusCode} leads nowhere.");
}
