using System.Net;
using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Server.Tests.Protocol.Discovery;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Server.Tests.Protocol.Endpoints;

/// <summary>
/// A failing database is answered 503, never as an error of the caller (invalid_grant), and what
/// was valid before is valid after (security-checklist §0.2, R5, R7, R9).
/// </summary>
[Trait("Requirement", "R5")]
public sealed class FailingDatabase
{
    public static TheoryData<DatabaseProvider> Databases() => [DatabaseProvider.Sqlite, DatabaseProvider.PostgreSql];

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_code_survives_an_outage_of_the_database(DatabaseProvider database)
    {
        await using var app = await StartAsync(database);
        var rp = await RelyingParty.RegisterAsync(app);
        using var browser = app.NewBrowser();
        var code = (await rp.SignInAsync(browser, await PractitionerAsync(app)))["code"];

        TokenAnswer during;
        await using (await app.Database.InterruptAsync()) during = await rp.RedeemAsync(code);
        var after = await rp.RedeemAsync(code);

        AssertUnavailable(during);
        Assert.Equal(HttpStatusCode.OK, after.Status);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    [Trait("Requirement", "R7")]
    public async Task A_code_survives_a_statement_that_fails(DatabaseProvider database)
    {
        await using var app = await StartAsync(database);
        var rp = await RelyingParty.RegisterAsync(app);
        using var browser = app.NewBrowser();
        var code = (await rp.SignInAsync(browser, await PractitionerAsync(app)))["code"];

        await RefuseUpdatesAsync(app, database);
        var during = await rp.RedeemAsync(code);
        await AllowUpdatesAsync(app, database);
        var after = await rp.RedeemAsync(code);

        AssertUnavailable(during);
        Assert.Equal(HttpStatusCode.OK, after.Status);
        Assert.Equal(HttpStatusCode.OK, (await rp.UserInfoAsync(after.AccessToken)).StatusCode);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    [Trait("Requirement", "R7")]
    public async Task A_strict_refresh_token_survives_a_statement_that_fails(DatabaseProvider database)
    {
        await using var app = await StartAsync(database);
        var rp = await RelyingParty.RegisterAsync(app, client => client.StrictRefreshRotation = true);
        using var browser = app.NewBrowser();
        var tokens = await rp.RedeemAsync((await rp.SignInAsync(browser, await PractitionerAsync(app)))["code"]);

        await RefuseUpdatesAsync(app, database);
        var during = await rp.RefreshAsync(tokens.RefreshToken);
        await AllowUpdatesAsync(app, database);
        var after = await rp.RefreshAsync(tokens.RefreshToken);

        AssertUnavailable(during);
        Assert.Equal(HttpStatusCode.OK, after.Status);
    }

    [Fact]
    public async Task While_the_database_is_away_every_endpoint_says_so_and_the_documents_are_served_from_memory()
    {
        await using var app = await StartAsync(DatabaseProvider.PostgreSql);
        var rp = await RelyingParty.RegisterAsync(app);
        using var browser = app.NewBrowser();
        var tokens = await rp.RedeemAsync((await rp.SignInAsync(browser, await PractitionerAsync(app)))["code"]);

        await using (await app.Database.InterruptAsync())
        {
            foreach (var response in new[]
            {
                (await rp.RefreshAsync(tokens.RefreshToken)).Response,
                await rp.UserInfoAsync(tokens.AccessToken),
                await rp.PostAsync("/token/introspect", new() { ["token"] = tokens.AccessToken }),
                await rp.RevokeAsync(tokens.AccessToken),
            })
            {
                AssertUnavailable(new TokenAnswer(response, await RelyingParty.JsonAsync(response)));
            }

            var page = await browser.Http.GetAsync(rp.AuthorizationUrl(), TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, page.StatusCode);
            Assert.Equal("text/html", page.Content.Headers.ContentType!.MediaType);

            foreach (var path in new[] { DiscoveryDocuments.Wallet, DiscoveryDocuments.Standard, RelyingParty.Realm + "/certs" })
                Assert.Equal(HttpStatusCode.OK, (await app.Http().GetAsync(path, TestContext.Current.CancellationToken)).StatusCode);
        }

        await UntilBackAsync(() => rp.UserInfoAsync(tokens.AccessToken));
        Assert.Equal(HttpStatusCode.OK, (await rp.RefreshAsync(tokens.RefreshToken)).Status);
        Assert.True(RelyingParty.Answer(await browser.FollowAsync(rp.AuthorizationUrl())).ContainsKey("code"));
    }

    // Each connection that waits in the pool and died meanwhile fails once more; R5 gives ten seconds.
    private static async Task UntilBackAsync(Func<Task<HttpResponseMessage>> call)
    {
        for (var attempt = 0; attempt < 50; attempt++)
        {
            if ((await call()).StatusCode == HttpStatusCode.OK) return;

            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        Assert.Fail("The provider did not come back within ten seconds.");
    }

    // The limits of production, so that an outage is answered within two seconds.
    private static Task<PscApp> StartAsync(DatabaseProvider database) => PscApp.StartAsync(database, builder =>
    {
        builder.Configuration["Database:CommandTimeout"] = "00:00:01";
        builder.Configuration["Failures:RequestDeadline"] = "00:00:10";
    });

    private static Task<Practitioner> PractitionerAsync(PscApp app) => app.AddAsync(Build.Practitioner());

    private static void AssertUnavailable(TokenAnswer answer)
    {
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status);
        Assert.Equal("temporarily_unavailable", answer.Error);
        Assert.NotEmpty(answer["error_description"]);
        Assert.NotNull(answer.Response.Headers.RetryAfter);
    }

    private static Task RefuseUpdatesAsync(PscApp app, DatabaseProvider database) => ExecuteAsync(app, database == DatabaseProvider.Sqlite
        ? """CREATE TRIGGER refuse BEFORE UPDATE ON "Grants" BEGIN SELECT RAISE(ABORT, 'disk full'); END"""
        : """
          CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'disk full' USING ERRCODE = '53100'; END $$;
          CREATE TRIGGER refuse BEFORE UPDATE ON "Grants" FOR EACH ROW EXECUTE FUNCTION refuse()
          """);

    private static Task AllowUpdatesAsync(PscApp app, DatabaseProvider database) => ExecuteAsync(
        app, database == DatabaseProvider.Sqlite ? "DROP TRIGGER refuse" : """DROP TRIGGER refuse ON "Grants" """);

    private static async Task ExecuteAsync(PscApp app, string sql)
    {
        await using var db = app.Database.Open();
        await db.Database.ExecuteSqlRawAsync(sql, TestContext.Current.CancellationToken);
    }
}
