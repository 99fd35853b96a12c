using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.RelyingParties;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Core.Tests.RelyingParties;

/// <summary>clients.json.</summary>
public sealed class DeclaredClients : IAsyncLifetime
{
    private const string ClearSecret = "bac-a-sable-secret-de-32-caracteres";

    private static readonly DateTimeOffset Now = new(2026, 1, 1, 8, 0, 0, TimeSpan.Zero);

    private readonly string _path = Path.Combine(Directory.CreateTempSubdirectory("psc-test-").FullName, "clients.json");
    private TestDatabase _database = null!;
    private Clients _clients = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.SqliteAsync();
        _clients = new Clients(_database.Factory);
    }

    public async ValueTask DisposeAsync()
    {
        Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task A_file_declares_clients_whole()
    {
        var result = await ApplyAsync($$"""
            {
              // Comments and a trailing comma are accepted.
              "clients": [
                {
                  "clientId": "mon-logiciel",
                  "name": "Mon logiciel",
                  "type": "confidential",
                  "redirectUris": ["https://logiciel.example/callback"],
                  "postLogoutRedirectUris": ["https://logiciel.example/"],
                  "grantTypes": ["authorization_code", "client_credentials"],
                  "scopes": ["openid", "scope_all"],
                  "requirePkce": true,
                  "strictRefreshRotation": true,
                  "echoRequestedAcr": true,
                  "mayIntrospectOthers": true,
                  "secretSha256": ["{{ClientSecret.HashOf(ClearSecret).ToUpperInvariant()}}"],
                },
                { "clientId": "mon-app", "name": "Mon app", "type": "public", "redirectUris": ["http://127.0.0.1/"] }
              ]
            }
            """);

        Assert.Equivalent(new ClientsFileResult.Applied(Added: 2, 0, 0, 0, []), result, strict: true);
        var (confidential, @public) = (await FindAsync("mon-logiciel"), await FindAsync("mon-app"));
        Assert.Equal(["authorization_code", "client_credentials"], confidential.GrantTypes);
        Assert.True(confidential is { RequirePkce: true, StrictRefreshRotation: true, MayIntrospectOthers: true, EchoRequestedAcr: true });
        Assert.True(ClientSecret.Matches(ClearSecret, confidential.SecretHashes));
        Assert.True(@public is { IsPublic: true, RequirePkce: true, StrictRefreshRotation: true, SecretHashes.Count: 0 });
        Assert.Equal(ClientRegistration.DefaultScopes, @public.Scopes);
    }

    [Fact]
    public async Task Twice_is_once()
    {
        var json = File(Client("mon-logiciel", $""" "secret": "{ClearSecret}" """), Client("autre-logiciel"));
        await ApplyAsync(json, sandbox: true);

        var again = await ApplyAsync(json, sandbox: true);

        await using var db = _database.Open();
        Assert.Equal((0, 0, 0, 2), Counts(again));
        Assert.Equal(1, (await ClientSnapshot.LoadAsync(db, Ct)).Revision);
        Assert.Equal(2, await db.Journal.CountAsync(entry => entry.Actor == ClientsFile.Actor, Ct));
    }

    [Fact]
    public async Task A_file_rules_the_clients_it_names_and_leaves_the_others_alone()
    {
        await _clients.AddAsync(Registration("a-la-main"), "alice", Now, Ct);
        await _clients.AddAsync(Registration("mon-logiciel") with { RequirePkce = true }, "alice", Now, Ct);

        var result = await ApplyAsync(File(Client("mon-logiciel")));

        Assert.Equal((0, 1, 0, 0), Counts(result));
        Assert.False((await FindAsync("mon-logiciel")).RequirePkce);
        Assert.NotNull(await FindAsync("a-la-main"));
    }

    [Fact]
    public async Task Secrets_made_by_hand_stay_while_the_file_names_none()
    {
        Assert.Equal(["mon-logiciel"], Applied(await ApplyAsync(File(Client("mon-logiciel")))).WithoutSecret);
        var made = (SecretChange.Made)await _clients.RotateSecretAsync("mon-logiciel", SecretRotation.Overlap, "alice", Now, Ct);

        var again = Applied(await ApplyAsync(File(Client("mon-logiciel"))));

        Assert.Empty(again.WithoutSecret);
        Assert.Equal([made.Secret.Hash], (await FindAsync("mon-logiciel")).SecretHashes);
    }

    [Fact]
    public async Task A_client_goes_only_when_it_is_named_to_go()
    {
        await ApplyAsync(File(Client("mon-logiciel"), Client("ancien-logiciel")));
        Assert.Equal((0, 0, 0, 1), Counts(await ApplyAsync(File(Client("mon-logiciel")))));

        const string remove = """{ "remove": ["ancien-logiciel"] }""";
        Assert.Equal((0, 0, 1, 0), Counts(await ApplyAsync(remove)));
        Assert.Equal((0, 0, 0, 0), Counts(await ApplyAsync(remove)));
        Assert.Equal(["mon-logiciel"], (await _clients.ListAsync(Ct)).Select(client => client.ClientId));
    }

    [Fact]
    public async Task A_file_with_one_fault_changes_nothing_and_all_its_faults_are_told()
    {
        var sentences = Refused(await ApplyAsync(File(
            Client("bon-logiciel"),
            """{ "clientId": "mauvais", "name": "", "redirectUris": ["http://logiciel.example/"] }""")));

        Assert.Equal(2, sentences.Count);
        Assert.Each(sentences, sentence => Assert.StartsWith($"{_path} : clients[1] (mauvais), ", sentence, StringComparison.Ordinal));
        Assert.Empty(await _clients.ListAsync(Ct));
    }

    [Fact]
    public async Task An_unknown_property_is_refused_with_its_line_and_the_known_ones()
    {
        var sentence = Assert.Single(Refused(await ApplyAsync("""
            {
              "clients": [
                { "clientId": "mon-logiciel", "name": "Mon logiciel",
                  "redirect_uris": ["https://logiciel.example/callback"] }
              ]
            }
            """)));

        Assert.Contains("ligne 4 : « redirect_uris » n'est pas une propriété connue", sentence, StringComparison.Ordinal);
        Assert.Contains("redirectUris", sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("lists", sentence, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("""{ "client": [] }""", "ligne 1 : « client » n'est pas une propriété connue ; connues : clients, remove.")]
    [InlineData("""{ "clients": {} }""", "ligne 1 : « clients » n'a pas la forme attendue")]
    [InlineData("""{ "clients": [ { "clientId": "a-b", "type": "secret" } ] }""", "ligne 1 : « type » n'a pas la forme attendue")]
    [InlineData("""{ "clients": [ { "clientId": "a-b", "type": 1 } ] }""", "« type » n'a pas la forme attendue")]
    [InlineData("""{ "clients": [ { "clientId": "a-b", "scopes": null } ] }""", "« scopes » n'a pas la forme attendue")]
    [InlineData("""{ "clients": [ { "clientId": "a-b", "clientId": "c-d" } ] }""", "« clientId » n'a pas la forme attendue, ou y est deux fois")]
    [InlineData("""{ "clients": [ { "clientId": "a-b", "redirectUris": [null] } ] }""", "« null »")]
    [InlineData("""{ "clients": [ null ] }""", "« null »")]
    [InlineData("""{ "remove": [ null ] }""", "« null »")]
    [InlineData("""{ "clients": [ 1 ] }""", "ligne 1, $.clients[0]")]
    [InlineData("null", "ligne 1")]
    [InlineData("", "ligne 1")]
    [InlineData("{\n\n  oops }", "ligne 3")]
    public async Task What_is_not_of_the_documented_shape_is_refused_where_it_stands(string json, string said) =>
        Assert.Contains(said, Assert.Single(Refused(await ApplyAsync(json))), StringComparison.Ordinal);

    [Fact]
    public async Task A_client_is_named_once()
    {
        var twice = Refused(await ApplyAsync(File(Client("mon-logiciel"), Client("mon-logiciel"))));
        var both = Refused(await ApplyAsync($$"""{ "clients": [ {{Client("mon-logiciel")}} ], "remove": ["mon-logiciel"] }"""));

        Assert.Contains("« mon-logiciel » y est 2 fois.", Assert.Single(twice), StringComparison.Ordinal);
        Assert.Contains("« mon-logiciel » y est 2 fois.", Assert.Single(both), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_in_clear_is_for_sandboxes()
    {
        var json = File(Client("mon-logiciel", $""" "secret": "{ClearSecret}" """));

        Assert.Contains("bac à sable", Assert.Single(Refused(await ApplyAsync(json))), StringComparison.Ordinal);
        Assert.Equal((1, 0, 0, 0), Counts(await ApplyAsync(json, sandbox: true)));
        Assert.True(ClientSecret.Matches(ClearSecret, (await FindAsync("mon-logiciel")).SecretHashes));
    }

    [Theory]
    [InlineData(""" "secret": "trop-court" """, "au moins 32 caractères")]
    [InlineData(""" "secretSha256": ["abc"] """, "64 chiffres hexadécimaux")]
    [InlineData(""" "secretSha256": [] """, "de 1 à 2 empreintes")]
    [InlineData(""" "type": "public", "secretSha256": ["e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"] """, "un client public n'a pas de secret")]
    [InlineData(""" "type": "public", "secret": "bac-a-sable-secret-de-32-caracteres" """, "un client public n'a pas de secret")]
    [InlineData(
        """ "secret": "bac-a-sable-secret-de-32-caracteres", "secretSha256": ["e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"] """,
        "et non les deux")]
    public async Task A_secret_that_protects_nothing_is_refused(string secret, string said) =>
        Assert.Contains(said, Assert.Single(Refused(await ApplyAsync(File(Client("mon-logiciel", secret)), sandbox: true))), StringComparison.Ordinal);

    private static string File(params string[] clients) => $$"""{ "clients": [ {{string.Join(", ", clients)}} ] }""";

    private static string Client(string clientId, string more = """ "requirePkce": false """) =>
        $$"""{ "clientId": "{{clientId}}", "name": "Un logiciel", "redirectUris": ["https://logiciel.example/callback"], {{more}} }""";

    private static ClientRegistration Registration(string clientId) => new()
    {
        ClientId = clientId,
        Name = "Un logiciel",
        RedirectUris = ["https://logiciel.example/callback"],
    };

    private async Task<ClientsFileResult> ApplyAsync(string json, bool sandbox = false)
    {
        await System.IO.File.WriteAllTextAsync(_path, json, Ct);
        return await ClientsFile.ApplyAsync(_path, clearSecretsAllowed: sandbox, _clients, Now, Ct);
    }

    private static ClientsFileResult.Applied Applied(ClientsFileResult result) => Assert.IsType<ClientsFileResult.Applied>(result);

    private static (int Added, int Updated, int Removed, int Unchanged) Counts(ClientsFileResult result) =>
        Applied(result) is var applied ? (applied.Added, applied.Updated, applied.Removed, applied.Unchanged) : default;

    private static IReadOnlyList<string> Refused(ClientsFileResult result) => Assert.IsType<ClientsFileResult.Refused>(result).Sentences;

    private async Task<Client> FindAsync(string clientId) => (await _clients.FindAsync(clientId, Ct))!;
}
