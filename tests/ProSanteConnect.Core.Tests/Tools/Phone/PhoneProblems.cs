using Microsoft.Extensions.Time.Testing;
using ProSanteConnect.Tools.Phone;
using static ProSanteConnect.Core.Tests.Tools.Phone.PhoneStates;

namespace ProSanteConnect.Core.Tests.Tools.Phone;

/// <summary>How a refusal reads on the phone.</summary>
public sealed class PhoneProblems
{
    private const string Call = "GET /ecps/v1/requests/r1";

    private readonly ApiStandIn _api = new();
    private readonly FakeTimeProvider _clock = new(Start);

    [Fact]
    public async Task A_problem_keeps_its_code_its_sentence_and_what_else_it_says()
    {
        _api.Answers(Call, 410, ApiTexts.Problem("request-over", "Cette demande est close.", """, "outcome": "wrong-number", "attemptsLeft": 2, "resendAt": "2026-01-01T08:00:30Z", "traceId": "i-7" """));

        Assert.Equal(
            new PhoneProblem("request-over", 410, "Cette demande est close.") { Outcome = "wrong-number", AttemptsLeft = 2, ResendAt = Start.AddSeconds(30), Incident = "i-7" },
            await AskAsync());
    }

    [Theory]
    [InlineData("90")]
    [InlineData("Thu, 01 Jan 2026 08:01:30 GMT")]
    public async Task Retry_After_is_a_time_to_wait_however_it_is_written(string header)
    {
        _api.Answers(Call, 429, ApiTexts.Problem("too-many-requests", "Trop de demandes."), header);

        var problem = await AskAsync();

        Assert.Equal((TimeSpan.FromSeconds(90), true), (problem.RetryAfter, problem.MayPass));
    }

    [Theory]
    [InlineData(502, "<html>Bad Gateway</html>")]
    [InlineData(500, "")]
    [InlineData(404, "[1]")]
    [InlineData(400, """{ "type": "about:blank", "detail": 5 }""")]
    public async Task An_answer_that_is_no_problem_is_told_by_its_status(int status, string content)
    {
        _api.Answers(Call, status, content);

        Assert.Equal(new PhoneProblem($"http-{status}", status, $"Le serveur a répondu {status}, sans explication."), await AskAsync());
    }

    [Theory]
    [InlineData("<html>Bienvenue sur le Wi-Fi de l'hôtel</html>")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{ "id": "r1", "application": null }""")]
    public async Task A_success_that_says_something_else_is_a_problem_too(string content)
    {
        _api.Answers(Call, 200, content);

        Assert.Equal("unreadable-answer", (await AskAsync()).Code);
    }

    [Fact]
    public async Task A_server_that_is_away_is_a_problem_that_may_pass()
    {
        var problem = await AskAsync();

        Assert.Equal((PhoneProblem.NoAnswer, 0, true, false), (problem.Code, problem.Status, problem.MayPass, problem.EndsDevice));
    }

    private async Task<PhoneProblem> AskAsync() =>
        (await _api.Phone(_clock, Activated()).RequestAsync("r1", TestContext.Current.CancellationToken)).Problem!;
}
