using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace ProSanteConnect.Server.Tests.Protocol;

/// <summary>The page of response_mode=form_post.</summary>
internal sealed record FormPost(IHtmlDocument Page, string Action, IReadOnlyDictionary<string, string> Fields)
{
    public static async Task<FormPost> OfAsync(HttpResponseMessage response)
    {
        var page = new HtmlParser().ParseDocument(await response.Content.ReadAsStringAsync());
        var form = page.Forms.Single();
        var fields = form.QuerySelectorAll("input[type=hidden]").Cast<IHtmlInputElement>().ToDictionary(input => input.Name!, input => input.Value);
        return new FormPost(page, form.GetAttribute("action")!, fields);
    }
}
