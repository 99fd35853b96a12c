using System.Net;
using AngleSharp.Html.Parser;

namespace ProSanteConnect.Server.Tests.Protocol;

/// <summary>The error page for errors that may not be sent to the redirect URI.</summary>
internal static class ErrorPage
{
    public static async Task AssertAsync(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Null(response.Headers.Location);
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        var page = new HtmlParser().ParseDocument(await response.Content.ReadAsStringAsync());
        Assert.Equal("fr", page.DocumentElement.GetAttribute("lang"));
        Assert.NotEmpty(page.QuerySelector("h1")!.TextContent);
        Assert.Empty(page.QuerySelectorAll("meta[http-equiv=refresh]"));
        Assert.DoesNotContain(page.Links, link => link.GetAttribute("href")!.Contains("attaquant", StringComparison.Ordinal));
    }
}
