using System.Globalization;
using System.Text.RegularExpressions;

namespace ProSanteConnect.Architecture.Tests.References;

/// <summary>
/// One line of a reference that a test can name. A line that covers several numbers of a standard has several ids. An open
/// question is no demand: a test may name it, and nothing is missing when none does.
/// </summary>
internal sealed record Requirement(string File, string Section, int Line, IReadOnlyList<string> Ids, string Title, bool IsDemand);

/// <summary>The requirements of <c>docs/reference/</c>, in the order of the files. This is the only definition of the ids.</summary>
internal static partial class Requirements
{
    private static readonly Scheme[] _schemes =
    [
        new("ecps-cpx-directory.md", "0.1", Shape.Rows),                                      // S1.1 …: the three deletions
        new("ecps-cpx-directory.md", "0.3", Shape.Rows),                                      // AP1, A1 … A-END: activation by card
        new("ecps-cpx-directory.md", "0.4", Shape.Rows),                                      // BP1, B1 … B9: activation by contact details
        new("psc-protocol.md", "1", Shape.Points, "PSC-1."),
        new("psc-protocol.md", "9.1", Shape.Rows, "EXI-PSC-"),
        new("psc-protocol.md", "9.2", Shape.Rows, "RIE-PS-"),
        new("psc-protocol.md", "13", Shape.Rows, IsDemand: false),                            // D1 …: decisions left to us
        new("security-checklist.md", "2", Shape.Rows),                                        // T1 …: attacks
        new("security-checklist.md", "3.1", Shape.Rows, "ASVS-"),
        new("security-checklist.md", "4", Shape.Rows),                                        // R1 …: reliability
        new("conformance-checklist.md", "2", Shape.Headings),                                 // OIDCC-BASIC …: plans
        new("conformance-checklist.md", "RFC 9700", Shape.Rows, "RFC9700-"),
        new("conformance-checklist.md", "CIBA Core 1.0", Shape.Rows, "CIBA-"),
        new("conformance-checklist.md", "RFC 8628", Shape.Rows, "RFC8628-"),
        new("conformance-checklist.md", "RFC 8705", Shape.Rows, "RFC8705-"),
        new("conformance-checklist.md", "RFC 9126", Shape.Rows, "RFC9126-"),
        new("conformance-checklist.md", "RFC 9068", Shape.Rows, "RFC9068-"),
        new("conformance-checklist.md", "RFC 9207", Shape.Rows, "RFC9207-"),
        new("conformance-checklist.md", "RFC 6749, 6750, 7009, 7662", Shape.Rows),            // RFC6749-5.1 …: the row names its standard
    ];

    public static IReadOnlyList<Requirement> All { get; } = [.. Read()];

    public static ILookup<string, Requirement> ById { get; } =
        All.SelectMany(requirement => requirement.Ids, (requirement, id) => (Id: id, Requirement: requirement)).ToLookup(pair => pair.Id, pair => pair.Requirement);

    private static IEnumerable<Requirement> Read()
    {
        foreach (var scheme in _schemes)
        {
            var lines = ReferenceFiles.Lines(scheme.File);
            var (chapter, section) = ("", "");
            for (var i = 0; i < lines.Length; i++)
            {
                if (lines[i].StartsWith('#')) section = lines[i].TrimStart('#', ' ');
                if (lines[i].StartsWith("## ", StringComparison.Ordinal)) chapter = section;
                if (!scheme.Covers(section)) continue;

                var (ids, title) = scheme.Shape switch
                {
                    Shape.Headings => FromHeading(lines[i]),
                    Shape.Points => FromPoint(lines, i),
                    _ => FromRow(lines[i]),
                };
                if (ids.Count > 0)
                {
                    yield return new(
                        scheme.File, Plain(scheme.Shape is Shape.Headings ? chapter : section), i + 1, [.. ids.Select(id => scheme.Prefix + id)], Plain(title), scheme.IsDemand);
                }
            }
        }
    }

    /// <summary>"### 2.1 oidcc-basic-certification-test-plan [OIDCC-BASIC]".</summary>
    private static (IReadOnlyList<string> Ids, string Title) FromHeading(string line)
    {
        var anchor = Anchor().Match(line);
        return line.StartsWith('#') && anchor.Success ? ([anchor.Groups["id"].Value], line[..anchor.Index].TrimStart('#', ' ')) : ([], "");
    }

    /// <summary>"12. Anything advertised gets used …", with the lines that continue it.</summary>
    private static (IReadOnlyList<string> Ids, string Title) FromPoint(string[] lines, int i)
    {
        var point = Point().Match(lines[i]);
        if (!point.Success) return ([], "");

        var continued = lines.Skip(i + 1).TakeWhile(line => line.StartsWith("  ", StringComparison.Ordinal)).Select(line => line.Trim());
        return ([point.Groups["number"].Value], string.Join(' ', [point.Groups["text"].Value, .. continued]));
    }

    /// <summary>"| T13 | Login CSRF … | antiforgery … |".</summary>
    private static (IReadOnlyList<string> Ids, string Title) FromRow(string line)
    {
        if (!line.StartsWith("| ", StringComparison.Ordinal)) return ([], "");

        var cells = line.Trim('|', ' ').Split(" | ");
        return cells.Length < 2 ? ([], "") : (Numbers(cells[0]), cells[1]);
    }

    /// <summary>The numbers of a first cell: "3.4.1, .3–.6, .8" are six, "PSC 1, 3, 5" are three, "RFC 6749 5.1" is "RFC6749-5.1".</summary>
    private static IReadOnlyList<string> Numbers(string cell)
    {
        cell = InParentheses().Replace(cell.Replace("**", "", StringComparison.Ordinal), "").Trim();
        var standard = Standard().Match(cell);
        var prefix = standard.Success ? standard.Groups["body"].Value.Replace(" Core", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal) + "-" : "";
        if (standard.Success) cell = cell[standard.Length..];
        if (cell.StartsWith("PSC ", StringComparison.Ordinal)) cell = cell["PSC ".Length..];

        List<string> numbers = [];
        var head = "";
        foreach (var part in cell.Split([',', '/'], StringSplitOptions.TrimEntries))
        {
            var range = Range().Match(part);
            if (range.Success)
            {
                head = range.Groups["head"].Value is "." ? head : range.Groups["head"].Value;
                var (from, to) = (range.Groups["from"].Value, range.Groups["to"] is { Success: true } end ? end.Value : range.Groups["from"].Value);
                for (var n = int.Parse(from, CultureInfo.InvariantCulture); n <= int.Parse(to, CultureInfo.InvariantCulture); n++)
                {
                    numbers.Add(head + n.ToString(CultureInfo.InvariantCulture).PadLeft(from.Length, '0'));
                }
            }
            else if (Number().IsMatch(part)) numbers.Add(part);
            else return [];
        }
        return [.. numbers.Select(number => prefix + number)];
    }

    /// <summary>A title of one line, without emphasis and marks of confidence.</summary>
    private static string Plain(string text)
    {
        text = Marks().Replace(text.Replace("**", "", StringComparison.Ordinal), "").Trim();
        if (text.Length <= 160) return text;

        var cut = text[..text.LastIndexOf(' ', 150)];
        if (cut.Count(c => c is '`') % 2 is 1) cut = cut[..cut.LastIndexOf('`')].TrimEnd();
        return cut + " …";
    }

    [GeneratedRegex(@"^(?<number>\d+)\. (?<text>.+)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Point();

    [GeneratedRegex(@" \[(?<id>[A-Z][A-Z0-9.-]+)\]$", RegexOptions.ExplicitCapture)]
    private static partial Regex Anchor();

    [GeneratedRegex(@"^(?<body>RFC \d{4}|OIDC Core) ", RegexOptions.ExplicitCapture)]
    private static partial Regex Standard();

    [GeneratedRegex(@"^(?<head>[\d.]*\.)?(?<from>\d+)([–-]([\d.]*\.)?(?<to>\d+))?$", RegexOptions.ExplicitCapture)]
    private static partial Regex Range();

    [GeneratedRegex(@"^(A-END|[A-Z]*\d[\d.]*[a-z]?)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Number();

    [GeneratedRegex(@" ?\([^)]*\)")]
    private static partial Regex InParentheses();

    [GeneratedRegex(@" ?\[(V|2|M|K|D|F|ANS|real|third-party|inferred)\]", RegexOptions.ExplicitCapture)]
    private static partial Regex Marks();

    private enum Shape { Rows, Points, Headings }

    /// <summary>In which section of which file which lines are requirements, and what stands before their numbers.</summary>
    private sealed record Scheme(string File, string Section, Shape Shape, string Prefix = "", bool IsDemand = true)
    {
        public bool Covers(string section) =>
            section.StartsWith(Section, StringComparison.Ordinal) && (section.Length == Section.Length || section[Section.Length] is ' ' or '.');
    }
}
