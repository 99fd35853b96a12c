using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Journal;
using ProSanteConnect.Core.RelyingParties;
using ProSanteConnect.Core.Security;
using ProSanteConnect.Core.SingleSignOn;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Core.Tests.RelyingParties;

public sealed class ClientChanges : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 8, 0, 0, TimeSpan.Zero);

    private static readonly ClientRegistration Registration = new()
    {
        ClientId = "mon-logiciel",
        Name = "Mon logiciel",
        RedirectUris = ["https://logiciel.example/callback"],
    };

    private TestDatabase _database = null!;
    private Clients _clients = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.SqliteAsync();
        _clients = new Clients(_database.Factory);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task A_confidential_client_is_given_a_secret_that_is_stored_as_its_hash()
    {
        var secret = await AddAsync(Registration);

        var client = await FindAsync();
        Assert.Equal(43, secret.Reveal().Length);
        Assert.Equal([secret.Hash], client.SecretHashes);
        Assert.True(ClientSecret.Matches(secret.Reveal(), client.SecretHashes));
        Assert.False(client.RequirePkce);
        Assert.False(client.StrictRefreshRotation);
        Assert.Equal((Now, Now), (client.CreatedAt, client.UpdatedAt));
    }

    [Fact]
    public async Task A_public_client_has_no_secret_and_is_held_to_PKCE_and_strict_rotation()
    {
        var change = await _clients.AddAsync(Registration with { Type = ClientType.Public }, "alice", Now, Ct);

        var client = await FindAsync();
        Assert.Null(Assert.IsType<ClientChange.Added>(change).Secret);
        Assert.Empty(client.SecretHashes);
        Assert.True(client.RequirePkce);
        Assert.True(client.StrictRefreshRotation);
    }

    [Fact]
    public async Task A_client_is_added_once()
    {
        await AddAsync(Registration);

        Assert.IsType<ClientChange.AlreadyExists>(await _clients.AddAsync(Registration with { Name = "Autre" }, "alice", Now, Ct));
        Assert.Equal("Mon logiciel", (await FindAsync()).Name);
    }

    [Fact]
    public async Task What_breaks_a_rule_is_not_saved()
    {
        Assert.IsType<ClientChange.Invalid>(await _clients.AddAsync(Registration with { Name = "" }, "alice", Now, Ct));
        Assert.Empty(await _clients.ListAsync(Ct));

        await AddAsync(Registration);
        Assert.IsType<ClientChange.Invalid>(await _clients.UpdateAsync("mon-logiciel", c => c with { RedirectUris = [] }, "alice", Now, Ct));
        Assert.Equal(Registration.RedirectUris, (await FindAsync()).RedirectUris);
    }

    [Fact]
    public async Task Every_change_moves_the_revision_and_stands_in_the_journal()
    {
        await AddAsync(Registration);
        await _clients.UpdateAsync("mon-logiciel", c => c with { Name = "Autre", RequirePkce = true }, "bob", Now, Ct);
        await _clients.RotateSecretAsync("mon-logiciel", SecretRotation.Overlap, "carole", Now, Ct);
        await _clients.RemoveAsync("mon-logiciel", "david", Now, Ct);

        await using var db = _database.Open();
        var journal = await db.Journal.OrderBy(entry => entry.Id).ToListAsync(Ct);
        Assert.Each(journal, entry => Assert.Equal((JournalEvent.ClientChanged, "mon-logiciel"), (entry.Event, entry.ClientId)));
        Assert.Equal(
            [("alice", "added"), ("bob", "updated Name RequirePkce"), ("carole", "updated SecretHashes"), ("david", "removed")],
            journal.Select(entry => (entry.Actor, entry.Detail)));
        Assert.Equal(4, (await ClientSnapshot.LoadAsync(db, Ct)).Revision);
    }

    [Fact]
    public async Task What_changes_nothing_moves_nothing()
    {
        await AddAsync(Registration);

        Assert.IsType<ClientChange.Unchanged>(await _clients.UpdateAsync("mon-logiciel", c => c with { RedirectUris = [.. c.RedirectUris] }, "alice", Now.AddDays(1), Ct));
        Assert.IsType<ClientChange.Unknown>(await _clients.UpdateAsync("inconnu", c => c, "alice", Now, Ct));
        Assert.IsType<ClientChange.Unknown>(await _clients.RemoveAsync("inconnu", "alice", Now, Ct));
        Assert.IsType<SecretChange.NothingToDrop>(await _clients.RotateSecretAsync("mon-logiciel", SecretRotation.DropOld, "alice", Now, Ct));

        await using var db = _database.Open();
        Assert.Equal(1, (await ClientSnapshot.LoadAsync(db, Ct)).Revision);
        Assert.Equal(1, await db.Journal.CountAsync(Ct));
        Assert.Equal(Now, (await FindAsync()).UpdatedAt);
    }

    [Fact]
    public async Task Two_secrets_are_in_force_until_the_old_one_is_dropped()
    {
        var old = await AddAsync(Registration);

        var made = Assert.IsType<SecretChange.Made>(await RotateAsync(SecretRotation.Overlap));
        Assert.True(made.OldStillInForce);
        Assert.Equal([old.Hash, made.Secret.Hash], (await FindAsync()).SecretHashes);

        Assert.IsType<SecretChange.StillOverlapping>(await RotateAsync(SecretRotation.Overlap));
        Assert.Equal([old.Hash, made.Secret.Hash], (await FindAsync()).SecretHashes);

        Assert.IsType<SecretChange.OldDropped>(await RotateAsync(SecretRotation.DropOld));
        Assert.Equal([made.Secret.Hash], (await FindAsync()).SecretHashes);
    }

    [Fact]
    public async Task A_secret_that_may_be_known_is_replaced_at_once()
    {
        var old = await AddAsync(Registration);
        await RotateAsync(SecretRotation.Overlap);

        var made = Assert.IsType<SecretChange.Made>(await RotateAsync(SecretRotation.Replace));

        Assert.False(made.OldStillInForce);
        Assert.Equal([made.Secret.Hash], (await FindAsync()).SecretHashes);
        Assert.False(ClientSecret.Matches(old.Reveal(), (await FindAsync()).SecretHashes));
    }

    [Fact]
    public async Task A_public_client_is_given_no_secret()
    {
        await _clients.AddAsync(Registration with { Type = ClientType.Public }, "alice", Now, Ct);

        Assert.IsType<SecretChange.PublicClient>(await RotateAsync(SecretRotation.Replace));
        Assert.Empty((await FindAsync()).SecretHashes);
    }

    [Fact]
    public async Task A_client_that_becomes_public_loses_its_secrets()
    {
        await AddAsync(Registration);

        var change = await _clients.UpdateAsync(
            "mon-logiciel",
            c => c with { Type = ClientType.Public, RequirePkce = null, StrictRefreshRotation = null },
            "alice",
            Now,
            Ct);

        Assert.IsType<ClientChange.Updated>(change);
        Assert.Empty((await FindAsync()).SecretHashes);
        Assert.True((await FindAsync()).RequirePkce);
    }

    [Fact]
    public async Task Who_removes_a_client_ends_its_sign_ins()
    {
        await AddAsync(Registration);
        var (mine, others) = (Guid.NewGuid(), Guid.NewGuid());
        await using (var db = _database.Open())
        {
            db.AddRange(AGrant(mine, "mon-logiciel"), AGrant(others, "autre-logiciel"));
            await db.SaveChangesAsync(Ct);
        }

        Assert.IsType<ClientChange.Removed>(await _clients.RemoveAsync("mon-logiciel", "alice", Now, Ct));

        await using var after = _database.Open();
        Assert.Null(await _clients.FindAsync("mon-logiciel", Ct));
        Assert.Equal(GrantStatus.Ended, (await after.Grants.SingleAsync(grant => grant.Id == mine, Ct)).Status);
        Assert.Equal(GrantStatus.CodeIssued, (await after.Grants.SingleAsync(grant => grant.Id == others, Ct)).Status);
    }

    [Fact]
    public async Task A_snapshot_finds_clients_by_their_exact_id()
    {
        await AddAsync(Registration);
        await using var db = _database.Open();

        var snapshot = await ClientSnapshot.LoadAsync(db, Ct);

        Assert.Equal("Mon logiciel", snapshot.Find("mon-logiciel")?.Name);
        Assert.Null(snapshot.Find("Mon-Logiciel"));
        Assert.Single(snapshot.All);
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task Of_twenty_operators_who_add_the_same_client_one_does(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var clients = new Clients(database.Factory);

        var changes = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => clients.AddAsync(Registration, "alice", Now, Ct), Ct)));

        await using var db = database.Open();
        var added = Assert.Single(changes.OfType<ClientChange.Added>());
        Assert.Equal(19, changes.Count(change => change is ClientChange.AlreadyExists));
        Assert.Equal([added.Secret!.Hash], (await db.Clients.SingleAsync(Ct)).SecretHashes);
        Assert.Equal(1, (await ClientSnapshot.LoadAsync(db, Ct)).Revision);
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task Changes_made_at_once_are_all_kept(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var clients = new Clients(database.Factory);
        await clients.AddAsync(Registration with { RedirectUris = ["https://a.example/"] }, "alice", Now, Ct);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(n => Task.Run(
            () => clients.UpdateAsync("mon-logiciel", c => c with { RedirectUris = [.. c.RedirectUris, $"https://a.example/{n}"] }, "alice", Now, Ct), Ct)));

        await using var db = database.Open();
        Assert.Equal(21, (await db.Clients.SingleAsync(Ct)).RedirectUris.Count);
        Assert.Equal(21, (await ClientSnapshot.LoadAsync(db, Ct)).Revision);
    }

    private static Grant AGrant(Guid id, string clientId) => new()
    {
        Id = id,
        SessionId = Guid.NewGuid(),
        ClientId = clientId,
        Scope = "openid scope_all",
        RedirectUri = "https://logiciel.example/callback",
        Acr = "eidas1",
        AuthLevel = 1,
        CodeHash = SecretToken.Generate().Hash,
        CodeExpiresAt = Now.AddMinutes(1),
        CreatedAt = Now,
        ExpiresAt = Now.AddHours(4),
    };

    private async Task<ClientSecret> AddAsync(ClientRegistration registration) =>
        Assert.IsType<ClientChange.Added>(await _clients.AddAsync(registration, "alice", Now, Ct)).Secret!;

    private Task<SecretChange> RotateAsync(SecretRotation rotation) => _clients.RotateSecretAsync("mon-logiciel", rotation, "alice", Now, Ct);

    private async Task<Client> FindAsync() => (await _clients.FindAsync("mon-logiciel", Ct))!;
}
