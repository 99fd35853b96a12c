using System.Globalization;
using System.Text.RegularExpressions;
using ProSanteConnect.Core.Cards;
using ProSanteConnect.Core.Devices;
using ProSanteConnect.Server.Enrolment.Card;
using ProSanteConnect.Server.Shared.Errors;
using ProSanteConnect.Server.Shared.Text;
using ProSanteConnect.Server.SignIn.Approval;
using ProSanteConnect.Server.SignIn.Card;
using ProSanteConnect.Server.Tests.Devices;
using ProSanteConnect.Testing;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace ProSanteConnect.Server.Tests.Pages;

/// <summary>docs/errors.md lists exactly the errors of the code.</summary>
public sealed partial class ErrorCatalogue
{
    private static readonly CultureInfo French = new("fr");

    [Fact]
    public void Every_error_page_stands_in_the_catalogue_with_its_status_and_its_words()
    {
        var pages = InFrench(() => Enumerable.Range(400, 200)
            .Select(status => (status, ErrorSentences.For(status, retryAfter: "180", stale: false)))
            .Append((400, ErrorSentences.For(400, retryAfter: null, stale: true)))
            .Append((400, ErrorSentences.For(Refusal(isSignOut: true))))
            .Append((400, ErrorSentences.For(Refusal(isSignOut: false))))
            .DistinctBy(page => page.Item2.Code)
            .Select(page => new Line(page.Item2.Code, page.Item1, $"{page.Item2.Title} {page.Item2.Advice.Replace("3", "{minutes}", StringComparison.Ordinal)}"))
            .ToHashSet());

        Assert.Equal(pages.OrderBy(line => line.Code), Table("Pages").OrderBy(line => line.Code));
    }

    [Fact]
    public void Every_refusal_of_a_card_stands_in_the_catalogue_with_its_status_and_its_words()
    {
        var refusals = InFrench(() => Enum.GetValues<CardRefusal>().Select(refusal =>
        {
            var sentences = RefusalSentences.For(refusal.Code(), "2026-03-04");
            return new Line(refusal.Code(), sentences.Status, $"{sentences.Title} {sentences.Advice}".Replace("4 mars 2026", "{date}", StringComparison.Ordinal));
        }).ToList());

        Assert.Equal(refusals.OrderBy(line => line.Code), Table("Cards").OrderBy(line => line.Code));
    }

    [Fact]
    public void Every_problem_of_the_phones_API_stands_in_the_catalogue_with_its_status_and_its_words()
    {
        var problems = InFrench(() => ProblemCodes.Answers()
            .Select(problem => new Line(problem.Type![ProblemType.Prefix.Length..], problem.Status!.Value, problem.Detail!))
            .ToList());
        var told = InFrench(() => Table("To the phone").Select(line => line with
        {
            Text = line.Text.Replace("{n}", "0", StringComparison.Ordinal)
                .Replace("{minutes}", "1", StringComparison.Ordinal)
                .Replace("{date}", ParisTime.Of(default), StringComparison.Ordinal),
        }).ToList());

        Assert.Equal(problems.OrderBy(line => line.Code), told.OrderBy(line => line.Code));
    }

    [Fact]
    public void Every_end_of_a_request_to_the_phone_stands_in_the_catalogue_with_its_words()
    {
        var ends = InFrench(() => Enum.GetValues<ApprovalOutcome>()
            .Select(outcome => (new ApprovalState(null!, outcome).Slug, Sentences: OutcomeSentences.For(outcome, TimeSpan.FromMinutes(2))))
            .Where(end => end.Sentences is not null)
            .Select(end => new Line(end.Slug, 200, $"{end.Sentences!.Title} {end.Sentences.Advice}"))
            .ToList());

        Assert.Equal(ends.OrderBy(line => line.Code), Table("Requests to the phone").OrderBy(line => line.Code));
    }

    [Fact]
    public void Every_activation_that_is_not_finished_stands_in_the_catalogue_with_its_words()
    {
        var ends = InFrench(() => Enum.GetValues<ActivationStep>()
            .Select(step => (Code: step.Slug(), Text: ActivationSteps.EndOf(step)))
            .Append((Code: "too-many-phones", Text: EnrolmentTexts.EndedTooMany))
            .Where(end => end.Text is not null)
            .Select(end => new Line(end.Code, 200, end.Text!))
            .ToList());

        Assert.Equal(ends.OrderBy(line => line.Code), Table("Activations").OrderBy(line => line.Code));
    }

    [Fact]
    public void Every_OAuth_error_that_the_code_can_answer_is_told()
    {
        // The error of OpenIddict for a missing token, which is never sent (ApplyInvalidTokenError).
        string[] inner = [Errors.MissingToken];
        var names = typeof(Errors).GetFields().ToDictionary(field => field.Name, field => (string)field.GetRawConstantValue()!);
        var sources = Directory.EnumerateFiles(Repository.PathOf("src"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText).ToList();
        var answered = sources
            .SelectMany(source => OAuthErrors().Matches(source).Select(match => match.Groups[1].Value))
            .Where(names.ContainsKey)
            .Select(name => names[name])
            .Concat(["temporarily_unavailable", "server_error"])
            .Distinct()
            .Except(inner);
        var told = Catalogue[Catalogue.IndexOf("## To the phone", StringComparison.Ordinal)..];

        Assert.DoesNotContain(answered, error => !told.Contains($"`{error}`", StringComparison.Ordinal));
    }

    private static string Catalogue { get; } = File.ReadAllText(Repository.PathOf("docs", "errors.md"));

    private static ProtocolRefusal Refusal(bool isSignOut) => new(Errors.InvalidRequest, null, [], isSignOut);

    private static List<Line> Table(string heading)
    {
        var section = Catalogue[(Catalogue.IndexOf($"## {heading}\n", StringComparison.Ordinal) + heading.Length)..];
        var end = section.IndexOf("\n## ", StringComparison.Ordinal);
        return [.. Rows().Matches(end < 0 ? section : section[..end]).Select(row => new Line(
            row.Groups[1].Value, int.Parse(row.Groups[2].Value, CultureInfo.InvariantCulture), row.Groups[3].Value))];
    }

    private static T InFrench<T>(Func<T> say)
    {
        var before = CultureInfo.CurrentUICulture;
        (CultureInfo.CurrentUICulture, CultureInfo.CurrentCulture) = (French, French);
        try
        {
            return say();
        }
        finally
        {
            (CultureInfo.CurrentUICulture, CultureInfo.CurrentCulture) = (before, before);
        }
    }

    private sealed record Line(string Code, int Status, string Text)
    {
        // A no-break space counts as a space in the catalogue.
        public string Text { get; init; } = Text.Replace('\u00a0', ' ').Replace('\u202f', ' ').Trim();
    }

    [GeneratedRegex(@"^\| `([a-z0-9-]+)` \| (\d{3}) \| [^|]+ \| (.+) \|$", RegexOptions.Multiline)]
    private static partial Regex Rows();

    [GeneratedRegex(@"\bErrors\.([A-Z][A-Za-z]+)\b(?!\.)")]
    private static partial Regex OAuthErrors();
}
