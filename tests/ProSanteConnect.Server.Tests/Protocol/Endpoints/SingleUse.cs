using System.Globalization;
using System.Net;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Server.Tests.Protocol.Endpoints;

/// <summary>
/// A single-use value is redeemed by exactly one of many parallel calls, on one node or several (security-checklist R1, §0.1).
/// A long run sets <c>PSC_TEST_ROUNDS=200</c>; the default is for a local run.
/// </summary>
[Trait("Requirement", "R1")]
public sealed class SingleUse
{
    private const int Callers = 50;

    private static int Rounds { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("PSC_TEST_ROUNDS"), CultureInfo.InvariantCulture, out var rounds) ? rounds : 10;

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task Of_fifty_calls_one_redeems_the_code_and_the_others_end_its_grant(DatabaseProvider database)
    {
        await using var nodes = await Nodes.StartAsync(database);

        foreach (var code in await nodes.IssueCodesAsync(Rounds))
        {
            var answers = await nodes.AtOnceAsync(Callers, http => nodes.Rp.RedeemAsync(code, http: http));

            var winner = AssertOneWinner(answers);
            Assert.Equal("invalid_grant", (await nodes.Rp.RefreshAsync(winner.RefreshToken)).Error);
        }
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task Of_fifty_calls_one_rotates_the_refresh_token_and_the_others_end_its_grant(DatabaseProvider database)
    {
        await using var nodes = await Nodes.StartAsync(database);

        foreach (var code in await nodes.IssueCodesAsync(Rounds))
        {
            var first = await nodes.Rp.RedeemAsync(code);

            var answers = await nodes.AtOnceAsync(Callers, http => nodes.Rp.RefreshAsync(first.RefreshToken, http: http));

            var winner = AssertOneWinner(answers);
            Assert.Equal("invalid_grant", (await nodes.Rp.RefreshAsync(winner.RefreshToken)).Error);
        }
    }

    private static TokenAnswer AssertOneWinner(TokenAnswer[] answers)
    {
        var winner = Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.Each(answers.Where(answer => answer != winner), loser =>
        {
            Assert.Equal(HttpStatusCode.BadRequest, loser.Status);
            Assert.Equal("invalid_grant", loser.Error);
        });
        return winner;
    }
}
