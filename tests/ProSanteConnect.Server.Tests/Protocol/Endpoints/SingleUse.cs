using System.Globalization;
using System.Net;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.SignIn;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Server.Tests.Protocol.Endpoints;

/// <summary>
/// What is good once is won by one caller of any number, on whichever node they call (security-checklist R1, §0.1).
/// The matrix asks for 200 rounds: <c>PSC_TEST_ROUNDS=200</c>; a run at a desk is content with fewer.
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
        Assert.All(answers.Where(answer => answer != winner), loser =>
        {
            Assert.Equal(HttpStatusCode.BadRequest, loser.Status);
            Assert.Equal("invalid_grant", loser.Error);
        });
        return winner;
    }

    /// <summary>One node on SQLite, two on PostgreSQL, and a client whose refresh tokens rotate strictly.</summary>
    private sealed class Nodes : IAsyncDisposable
    {
        private PscApp[] _apps = [];
        private HttpClient[] _clients = [];
        private Guid _session;

        public RelyingParty Rp { get; private set; } = null!;

        public static async Task<Nodes> StartAsync(DatabaseProvider database)
        {
            var first = await PscApp.StartAsync(database);
            var nodes = new Nodes { _apps = [first] };
            nodes.Rp = await RelyingParty.RegisterAsync(first, client => client.StrictRefreshRotation = true);
            if (database == DatabaseProvider.PostgreSql) nodes._apps = [first, await first.JoinAsync()];
            nodes._clients = [.. nodes._apps.Select(app => app.Http())];

            using var browser = first.NewBrowser();
            var answer = await nodes.Rp.SignInAsync(browser, await first.AddAsync(A.Practitioner()));
            nodes._session = Guid.Parse(answer["session_state"]);
            return nodes;
        }

        /// <summary>Codes of the one session, as the authorization page issues them, without walking through it each time.</summary>
        public async Task<IReadOnlyList<string>> IssueCodesAsync(int count)
        {
            var now = _apps[0].Clock.GetUtcNow();
            var codes = new List<string>();
            await using var db = _apps[0].Database.Open();
            for (var i = 0; i < count; i++)
            {
                var code = SecretToken.Generate();
                codes.Add(code.Value);
                db.Add(new Grant
                {
                    Id = Guid.NewGuid(),
                    SessionId = _session,
                    ClientId = Rp.Client.ClientId,
                    Scope = "openid profile scope_all identity",
                    RedirectUri = RelyingParty.RedirectUri,
                    Acr = "eidas1",
                    CodeHash = code.Hash,
                    CodeExpiresAt = now.AddSeconds(60),
                    CreatedAt = now,
                    ExpiresAt = now.AddHours(4),
                });
            }

            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
            return codes;
        }

        /// <summary>Lets all callers go at the same moment, half of them at each node.</summary>
        public async Task<TokenAnswer[]> AtOnceAsync(int callers, Func<HttpClient, Task<TokenAnswer>> call)
        {
            var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var calls = Enumerable.Range(0, callers).Select(async caller =>
            {
                await start.Task;
                return await call(_clients[caller % _clients.Length]);
            }).ToArray();
            start.SetResult();
            return await Task.WhenAll(calls);
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var client in _clients) client.Dispose();
            foreach (var app in Enumerable.Reverse(_apps)) await app.DisposeAsync();
        }
    }
}
