using AngleSharp;
using AngleSharp.Dom;

namespace ProSanteConnect.Server.Tests.Operation;

internal static class Page
{
    public static async Task<IDocument> ReadAsync(HttpResponseMessage response)
    {
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        var html = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return await BrowsingContext.New().OpenAsync(page => page.Content(html), TestContext.Current.CancellationToken);
    }
}
