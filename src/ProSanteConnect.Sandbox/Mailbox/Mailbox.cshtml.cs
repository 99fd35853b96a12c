using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ProSanteConnect.Server.Shared.SecurityHeaders;

namespace ProSanteConnect.Sandbox.Mailbox;

/// <summary>The latest mails and SMS, the newest first. The page reloads itself, without a script, unless it is paused.</summary>
public sealed class MailboxModel(KeptMessages kept) : PageModel
{
    private const int Shown = 30;

    /// <summary>Shows only messages to this recipient; all when empty.</summary>
    [BindProperty(SupportsGet = true, Name = "a")]
    public string? Recipient { get; set; }

    /// <summary>Whether reloading is paused, so that a reader keeps the position (WCAG 2.2.2).</summary>
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

    /// <summary>The URL of this page with the same filter, paused or not.</summary>
    public string UrlWith(bool pause) =>
        MailboxFeature.Route + QueryString.Create("a", Recipient ?? "").Add("pause", pause ? "true" : "false");
}
