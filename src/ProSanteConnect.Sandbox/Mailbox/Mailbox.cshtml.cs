using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ProSanteConnect.Server.Shared.SecurityHeaders;

namespace ProSanteConnect.Sandbox.Mailbox;

/// <summary>Every mail and SMS as it would look, the newest first. It follows by itself, without a script, until it is told to stop.</summary>
public sealed class MailboxModel(KeptMessages kept) : PageModel
{
    private const int Shown = 30;

    /// <summary>Show only what went to this recipient.</summary>
    [BindProperty(SupportsGet = true, Name = "a")]
    public string? Recipient { get; set; }

    /// <summary>Stand still: whoever reads must not lose the place (WCAG 2.2.2).</summary>
    [BindProperty(SupportsGet = true, Name = "pause")]
    public bool IsPaused { get; set; }

    public IReadOnlyList<KeptMessage> Messages { get; private set; } = [];

    public IReadOnlyList<string> Recipients { get; private set; } = [];

    public void OnGet()
    {
        var all = kept.All();
        Recipients = [.. all.Select(message => message.Recipient).Distinct().Order(StringComparer.Ordinal)];
        Messages = [.. all.Where(message => string.IsNullOrEmpty(Recipient) || message.Recipient == Recipient).Take(Shown)];
        HttpContext.AllowFramesOfOurs();
        if (!IsPaused) Response.Headers["Refresh"] = "5";
    }

    /// <summary>This page with the same filter, following or standing still.</summary>
    public string UrlWith(bool pause) =>
        MailboxFeature.Route + QueryString.Create("a", Recipient ?? "").Add("pause", pause ? "true" : "false");
}
