namespace ProSanteConnect.Server.Shared.Answers;

/// <summary>The two things a person reads on a <see cref="PlainAnswer"/>: what happened, and what to do.</summary>
internal sealed record PlainPage(string Title, string Text)
{
    // The look of the other pages, small enough to travel inside this one.
    public const string Style = """
        :root{color-scheme:light dark;--ground:#fff;--ink:#1a1d21;--soft:#4b535c;--blue:#1b6fb8;--on-blue:#fff}
        @media(prefers-color-scheme:dark){:root{--ground:#121417;--ink:#f1f3f5;--soft:#b3bac2;--blue:#7fbdf2;--on-blue:#121417}}
        body{margin:0;background:var(--ground);color:var(--ink);font:18px/1.5 system-ui,sans-serif}
        main{max-width:42rem;margin:0 auto;padding:12vh 1.25rem 3rem}
        h1{font-size:1.75rem;line-height:1.25;margin:0 0 1rem}
        .action{display:inline-block;min-height:48px;line-height:48px;padding:0 1.5rem;border-radius:6px;background:var(--blue);color:var(--on-blue);font-weight:600;text-decoration:none}
        .action:focus-visible{outline:3px solid var(--ink);outline-offset:3px}
        .incident{margin-top:2.5rem;color:var(--soft)}
        .incident strong{font-variant-numeric:tabular-nums;letter-spacing:.06em}
        """;
}
