using Microsoft.AspNetCore.Html;

namespace ProSanteConnect.Server.Shared;

/// <summary>The icons of the pages, drawn for this project; each is decorative, beside a text with the same meaning.</summary>
internal static class Icons
{
    public static readonly IHtmlContent Card = Draw("""<rect x="2.5" y="5" width="19" height="14" rx="2.5"/><rect x="6" y="9" width="4.5" height="4" rx="1"/><path d="M13.5 10h5M13.5 13h5M6 16h7"/>""");
    public static readonly IHtmlContent Phone = Draw("""<rect x="6.5" y="2.5" width="11" height="19" rx="2.5"/><path d="M10.5 18.5h3"/>""");
    public static readonly IHtmlContent Person = Draw("""<circle cx="12" cy="8" r="4"/><path d="M4.5 20.5c.8-4 3.8-6 7.5-6s6.7 2 7.5 6"/>""");
    public static readonly IHtmlContent Test = Draw("""<circle cx="12" cy="12" r="9.5"/><path d="m7.5 12.5 3 3 6-6.5"/>""");
    public static readonly IHtmlContent Stop = Draw("""<circle cx="12" cy="12" r="9.5"/><path d="M12 7v6M12 16.2v.3"/>""");
    public static readonly IHtmlContent Clock = Draw("""<circle cx="12" cy="12" r="9.5"/><path d="M12 6.5V12l3.5 2.5"/>""");
    public static readonly IHtmlContent Question = Draw("""<circle cx="12" cy="12" r="9.5"/><path d="M9.3 9.3c.2-1.6 1.4-2.4 2.8-2.4 1.6 0 2.8 1 2.8 2.5 0 2-2.8 2.2-2.8 4.1M12.1 16.7v.3"/>""");

    private static HtmlString Draw(string shapes) =>
        new($"""<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{shapes}</svg>""");
}
