using System.Web;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.Net.Http.Headers;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Server.Tests.Samples;

/// <summary>A browser that goes from the sample to the provider and back, and keeps the cookies of both.</summary>
internal sealed class Visitor(PscApp provider, SampleApp sample) : IDisposable
{
    private const int MostRedirects = 10;

    private readonly Dictionary<(string Host, string Name), string> _cookies = [];
    private readonly HttpMessageInvoker _provider = new(provider.Server.CreateHandler());
    private readonly HttpMessageInvoker _sample = new(sample.Server.CreateHandler());

    private string _text = "";

    /// <summary>The address of the last page.</summary>
    public Uri Address { get; private set; } = new(SampleApp.Origin);

    public Task<IHtmlDocument> OpenAsync(string url) => GoAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(Address, url)));

    /// <summary>Presses a button of a page's form, with whatever hidden fields the form has.</summary>
    public Task<IHtmlDocument> PressAsync(IHtmlDocument page, string label)
    {
        var button = page.QuerySelectorAll("button").OfType<IHtmlButtonElement>().Single(b => b.TextContent.Trim() == label);
        var fields = button.Form!.Elements.OfType<IHtmlInputElement>().ToDictionary(input => input.Name!, input => input.Value);
        var action = button.GetAttribute("formaction") ?? button.Form.GetAttribute("action") ?? "";
        return GoAsync(new HttpRequestMessage(HttpMethod.Post, new Uri(Address, action)) { Content = new FormUrlEncodedContent(fields) });
    }

    /// <summary>The sign-in request behind the provider's page that is open.</summary>
    public Guid SignInRequestId => HttpUtility.ParseQueryString(Address.Query)["demande"] is { } signInRequestId
        ? Guid.Parse(signInRequestId)
        : throw new InvalidOperationException($"{Address} is no sign-in page: {_text}");

    public void Dispose()
    {
        _provider.Dispose();
        _sample.Dispose();
    }

    private async Task<IHtmlDocument> GoAsync(HttpRequestMessage request)
    {
        for (var hop = 0; hop < MostRedirects; hop++)
        {
            using var response = await SendAsync(request);
            request.Dispose();
            if (response.Headers.Location is not { } location)
            {
                var page = new HtmlParser().ParseDocument(await response.Content.ReadAsStringAsync());
                _text = page.Body?.TextContent ?? "";
                return page;
            }

            request = new HttpRequestMessage(HttpMethod.Get, new Uri(Address, location));
        }

        throw new InvalidOperationException($"More than {MostRedirects} redirects, the last one to {request.RequestUri}.");
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
    {
        Address = request.RequestUri!;
        request.Headers.UserAgent.ParseAdd(Browser.UserAgent);
        var cookies = _cookies.Where(cookie => cookie.Key.Host == Address.Host).Select(cookie => $"{cookie.Key.Name}={cookie.Value}").ToList();
        if (cookies.Count > 0) request.Headers.Add("Cookie", string.Join("; ", cookies));

        var site = Address.GetLeftPart(UriPartial.Authority) == SampleApp.Origin ? _sample : _provider;
        var response = await site.SendAsync(request, TestContext.Current.CancellationToken);
        if (response.Headers.TryGetValues("Set-Cookie", out var set))
        {
            foreach (var cookie in SetCookieHeaderValue.ParseList([.. set])) Keep(cookie);
        }

        return response;
    }

    // Cookies expire by the clock of the test; CookieContainer uses the system clock.
    private void Keep(SetCookieHeaderValue cookie)
    {
        var key = (Address.Host, cookie.Name.ToString());
        if (cookie.Expires <= provider.Clock.GetUtcNow()) _cookies.Remove(key);
        else _cookies[key] = cookie.Value.ToString();
    }
}
