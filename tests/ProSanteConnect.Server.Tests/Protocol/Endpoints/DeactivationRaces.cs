using System.Net;
using Microsoft.Extensions.DependencyInjection;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Devices;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Server.Tests.Protocol.Endpoints;

/// <summary>Tokens are requested at the moment in which the e-CPS of their session is deactivated (design §2).</summary>
[Trait("Requirement", "R1")]
public sealed class DeactivationRaces
{
    private const int Callers = 50;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task Of_fifty_redemptions_no_token_outlives_the_e_CPS(DatabaseProvider database)
    {
        await using var nodes = await Nodes.StartAsync(database);
        var eCps = await nodes.StandOnAnECpsAsync();
        var codes = await nodes.IssueCodesAsync(Callers);
        var next = -1;

        var deactivation = DeactivateAsync(nodes, eCps);
        var answers = await nodes.AtOnceAsync(Callers, http => nodes.Rp.RedeemAsync(codes[Interlocked.Increment(ref next)], http: http));
        Assert.IsType<DeactivateResult.Deactivated>(await deactivation);

        foreach (var answer in answers) await AssertDeadAsync(nodes, answer);
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task Of_fifty_refreshes_no_token_outlives_the_e_CPS(DatabaseProvider database)
    {
        await using var nodes = await Nodes.StartAsync(database);
        var eCps = await nodes.StandOnAnECpsAsync();
        var tokens = new List<string>();
        foreach (var code in await nodes.IssueCodesAsync(Callers)) tokens.Add((await nodes.Rp.RedeemAsync(code)).RefreshToken);
        var next = -1;

        var deactivation = DeactivateAsync(nodes, eCps);
        var answers = await nodes.AtOnceAsync(Callers, http => nodes.Rp.RefreshAsync(tokens[Interlocked.Increment(ref next)], http: http));
        Assert.IsType<DeactivateResult.Deactivated>(await deactivation);

        foreach (var answer in answers) await AssertDeadAsync(nodes, answer);
    }

    private static async Task<DeactivateResult> DeactivateAsync(Nodes nodes, Guid eCps)
    {
        await using var scope = nodes.First.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<ECpsDeactivation>().DeactivateAsync(
            eCps, DeactivationReason.Deactivated, Build.Browser(), actor: null, nodes.First.Clock.GetUtcNow(), Ct);
    }

    // A request before the deactivation got tokens, which are revoked now; a request after it got none.
    private static async Task AssertDeadAsync(Nodes nodes, TokenAnswer answer)
    {
        if (answer.Status != HttpStatusCode.OK)
        {
            Assert.Equal((HttpStatusCode.BadRequest, "invalid_grant"), (answer.Status, answer.Error));
            return;
        }

        Assert.Equal(HttpStatusCode.Unauthorized, (await nodes.Rp.UserInfoAsync(answer.AccessToken)).StatusCode);
        Assert.False((await nodes.Rp.IntrospectAsync(answer.AccessToken)).GetProperty("active").GetBoolean());
        Assert.Equal("invalid_grant", (await nodes.Rp.RefreshAsync(answer.RefreshToken)).Error);
    }
}
