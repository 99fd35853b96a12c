using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Server.Tests.Pages;

/// <summary>An HTML page with its texts, links and forms; a form is sent with its hidden fields.</summary>
internal sealed partial class HtmlPage
{
    private readonly IHtmlDocument _document;

    private HtmlPage(HttpResponseMessage response, IHtmlDocument document)
    {
        Response = response;
        _document = document;
    }

    public HttpResponseMessage Response { get; }

    public string Language => _document.DocumentElement.GetAttribute("lang") ?? "";

    public string Heading => Text("h1");

    public static async Task<HtmlPage> OpenAsync(Browser browser, string url, string? language = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        if (language is not null) request.Headers.Add("Accept-Language", language);
        return await ReadAsync(await browser.Http.SendAsync(request, TestContext.Current.CancellationToken));
    }

    public static async Task<HtmlPage> ReadAsync(HttpResponseMessage response)
    {
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        var html = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return new HtmlPage(response, new HtmlParser().ParseDocument(html));
    }

    public IElement? Find(string selector) => _document.QuerySelector(selector);

    public IReadOnlyList<IElement> All(string selector) => [.. _document.QuerySelectorAll(selector)];

    /// <summary>The text of an element with normalized white space.</summary>
    public string Text(string selector) =>
        Words(Find(selector) ?? throw new InvalidOperationException($"No {selector} in: {Words(_document.Body!)}"));

    public static string Words(IElement element) => Spaces().Replace(element.TextContent, " ").Trim();

    public string Link(string selector) => Find(selector)!.GetAttribute("href")!;

    /// <summary>Types into a field.</summary>
    public HtmlPage Fill(string selector, string value)
    {
        ((IHtmlInputElement)Find(selector)!).Value = value;
        return this;
    }

    public HtmlPage Tick(string selector, bool ticked = true)
    {
        ((IHtmlInputElement)Find(selector)!).IsChecked = ticked;
        return this;
    }

    /// <summary>The page as it was sent, less what differs each time: identifiers, tokens, and what else a test names.</summary>
    public async Task<string> BytesAsync(params string[] masked)
    {
        var html = await Response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        html = Ids().Replace(Tokens().Replace(html, "jeton"), "id");
        return masked.Aggregate(html, (text, mask) => text.Replace(mask, "…", StringComparison.Ordinal));
    }

    /// <summary>Clicks a button: sends the fields of its form and its own value.</summary>
    public Task<HttpResponseMessage> PressAsync(Browser browser, string selector, bool withoutToken = false)
    {
        var button = (IHtmlButtonElement)Find(selector)!;
        var form = button.Form!;
        var fields = form.QuerySelectorAll<IHtmlInputElement>("input[name]")
            .Where(input => !withoutToken || input.Name != "jeton")
            .Where(input => input.Type != "checkbox" || input.IsChecked)
            .Select(input => KeyValuePair.Create(input.Name!, input.Value));
        if (button.Name is { Length: > 0 } name) fields = fields.Append(KeyValuePair.Create(name, button.Value));

        var action = button.GetAttribute("formaction") ?? form.GetAttribute("action");
        var target = action is { Length: > 0 } ? action : Response.RequestMessage!.RequestUri!.PathAndQuery;
        return browser.Http.PostAsync(target, new FormUrlEncodedContent(fields), TestContext.Current.CancellationToken);
    }

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", RegexOptions.NonBacktracking)]
    private static partial Regex Ids();

    [GeneratedRegex("name=\"jeton\" type=\"hidden\" value=\"[^\"]*\"", RegexOptions.NonBacktracking)]
    private static partial Regex Tokens();

    [GeneratedRegex(@"\s+", RegexOptions.NonBacktracking)]
    private static partial Regex Spaces();
}
