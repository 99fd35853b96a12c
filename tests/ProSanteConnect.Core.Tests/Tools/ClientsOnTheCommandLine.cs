using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using ProSanteConnect.Core.RelyingParties;
using ProSanteConnect.Testing;
using ProSanteConnect.Tools;
using ProSanteConnect.Tools.ClientCommands;

namespace ProSanteConnect.Core.Tests.Tools;

/// <summary>psc clients.</summary>
public sealed class ClientsOnTheCommandLine : IAsyncLifetime
{
    private static readonly string[] AddMine =
        ["add", "mon-logiciel", "--name", "Mon logiciel [beta]", "--redirect-uri", "https://logiciel.example/callback"];

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 1, 8, 0, 0, TimeSpan.Zero));
    private TestDatabase _database = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _database = await TestDatabase.SqliteAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task A_client_is_added_and_its_secret_is_alone_on_the_standard_output()
    {
        var run = await PscAsync(AddMine);

        Assert.Equal(ExitCode.Done, run.ExitCode);
        var client = await FindAsync();
        Assert.True(ClientSecret.Matches(run.Output.TrimEnd(), client.SecretHashes));
        Assert.Equal(("Mon logiciel [beta]", _clock.GetUtcNow()), (client.Name, client.CreatedAt));
        Assert.DoesNotContain(run.Output.Trim(), run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_public_client_is_added_without_a_secret()
    {
        var run = await PscAsync([.. AddMine, "--type", "public"]);

        Assert.Equal((ExitCode.Done, ""), (run.ExitCode, run.Output));
        Assert.True(await FindAsync() is { IsPublic: true, RequirePkce: true, StrictRefreshRotation: true });
    }

    [Fact]
    public async Task Every_option_is_kept()
    {
        await PscAsync(
            "add", "mon-logiciel", "--name", "Mon logiciel",
            "--redirect-uri", "https://a.example/", "--redirect-uri", "https://b.example/",
            "--post-logout-redirect-uri", "https://a.example/fin",
            "--grant-type", "authorization_code", "--grant-type", "client_credentials",
            "--scope", "openid", "--scope", "scope_all",
            "--require-pkce", "--strict-refresh-rotation", "true", "--may-introspect-others");

        var client = await FindAsync();
        Assert.Equal(["https://a.example/", "https://b.example/"], client.RedirectUris);
        Assert.Equal(["https://a.example/fin"], client.PostLogoutRedirectUris);
        Assert.Equal(["authorization_code", "client_credentials"], client.GrantTypes);
        Assert.Equal(["openid", "scope_all"], client.Scopes);
        Assert.True(client is { RequirePkce: true, StrictRefreshRotation: true, MayIntrospectOthers: true });
    }

    [Fact]
    public async Task All_that_is_wrong_is_said_at_once_in_the_words_of_the_options()
    {
        var run = await PscAsync("add", "899700427885", "--redirect-uri", "http://logiciel.example/", "--grant-type", "password");

        Assert.Equal((ExitCode.Refused, ""), (run.ExitCode, run.Output));
        Assert.Equal(
            ["CLIENT_ID", "--name", "--grant-type", "--redirect-uri"],
            run.Error.Trim().Split('\n').Select(line => line.Split(' ')[0]));
    }

    [Fact]
    public async Task A_client_is_added_once()
    {
        await PscAsync(AddMine);

        var again = await PscAsync(AddMine);

        Assert.Equal((ExitCode.Refused, ""), (again.ExitCode, again.Output));
        Assert.Contains("déjà enregistrée", again.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_update_changes_what_it_names_and_nothing_else()
    {
        await PscAsync([.. AddMine, "--post-logout-redirect-uri", "https://logiciel.example/fin", "--require-pkce"]);
        var before = await FindAsync();

        var run = await PscAsync("update", "mon-logiciel", "--redirect-uri", "https://autre.example/", "--post-logout-redirect-uri");

        var after = await FindAsync();
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Equal(["https://autre.example/"], after.RedirectUris);
        Assert.Empty(after.PostLogoutRedirectUris);
        Assert.Equal(before.Name, after.Name);
        Assert.Equal(before.Scopes, after.Scopes);
        Assert.Equal(before.SecretHashes, after.SecretHashes);
        Assert.True(after.RequirePkce);
    }

    [Fact]
    public async Task A_client_that_becomes_public_follows_the_rules_of_public_clients()
    {
        await PscAsync(AddMine);

        await PscAsync("update", "mon-logiciel", "--type", "public");

        Assert.True(await FindAsync() is { IsPublic: true, RequirePkce: true, StrictRefreshRotation: true, SecretHashes.Count: 0 });
    }

    [Fact]
    public async Task A_switch_is_turned_off_by_false()
    {
        await PscAsync([.. AddMine, "--require-pkce"]);

        await PscAsync("update", "--require-pkce", "false", "mon-logiciel");

        Assert.False((await FindAsync()).RequirePkce);
    }

    [Fact]
    public async Task A_secret_is_rotated_in_two_steps()
    {
        var old = (await PscAsync(AddMine)).Output.Trim();

        var made = await PscAsync("rotate-secret", "mon-logiciel");
        Assert.Equal([ClientSecret.HashOf(old), ClientSecret.HashOf(made.Output.Trim())], (await FindAsync()).SecretHashes);

        Assert.Equal(ExitCode.Refused, (await PscAsync("rotate-secret", "mon-logiciel")).ExitCode);
        Assert.Equal((ExitCode.Done, ""), await PscAsync("rotate-secret", "mon-logiciel", "--drop-old") is var dropped ? (dropped.ExitCode, dropped.Output) : default);
        Assert.Equal([ClientSecret.HashOf(made.Output.Trim())], (await FindAsync()).SecretHashes);
        Assert.Equal(ExitCode.Refused, (await PscAsync("rotate-secret", "mon-logiciel", "--drop-old")).ExitCode);
    }

    [Fact]
    public async Task A_secret_that_may_be_known_is_replaced_at_once()
    {
        await PscAsync(AddMine);

        var made = await PscAsync("rotate-secret", "mon-logiciel", "--immediately");

        Assert.Equal([ClientSecret.HashOf(made.Output.Trim())], (await FindAsync()).SecretHashes);
        Assert.Equal(ExitCode.Misused, (await PscAsync("rotate-secret", "mon-logiciel", "--immediately", "--drop-old")).ExitCode);
    }

    [Fact]
    public async Task The_list_and_the_details_show_everything_but_secrets()
    {
        var secret = (await PscAsync(AddMine)).Output.Trim();

        var list = await PscAsync("list");
        var show = await PscAsync("show", "mon-logiciel");

        Assert.Contains("Mon logiciel [beta]", list.Output, StringComparison.Ordinal);
        Assert.Contains("https://logiciel.example/callback", show.Output, StringComparison.Ordinal);
        Assert.Contains("01/01/2026 08:00", show.Output, StringComparison.Ordinal);
        Assert.All([list, show], run => Assert.Equal((ExitCode.Done, ""), (run.ExitCode, run.Error)));
        Assert.All([list, show], run => Assert.DoesNotContain(secret, run.Output, StringComparison.Ordinal));
        Assert.All([list, show], run => Assert.DoesNotContain(ClientSecret.HashOf(secret), run.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_client_is_removed()
    {
        await PscAsync(AddMine);

        var run = await PscAsync("remove", "mon-logiciel");

        await using var db = _database.Open();
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.False(await db.Clients.AnyAsync(Ct));
        Assert.Equal([$"psc ({Environment.UserName})"], await db.Journal.Select(entry => entry.Actor).Distinct().ToListAsync(Ct));
    }

    [Theory]
    [InlineData("show")]
    [InlineData("update")]
    [InlineData("remove")]
    [InlineData("rotate-secret")]
    public async Task An_unknown_client_is_refused(string command)
    {
        var run = await PscAsync(command, "inconnu");

        Assert.Equal((ExitCode.Refused, ""), (run.ExitCode, run.Output));
        Assert.Contains("n'est pas enregistrée", run.Error, StringComparison.Ordinal);
    }

    private Task<ToolRun> PscAsync(params string[] args) => ToolRun.OfAsync(ClientsCommand.Create(_clock), _database, args);

    private async Task<Client> FindAsync() => (await new Clients(_database.Factory).FindAsync("mon-logiciel", Ct))!;
}
