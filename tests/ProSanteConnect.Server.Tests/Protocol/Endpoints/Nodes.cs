using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Core.Security;
using ProSanteConnect.Core.SingleSignOn;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Server.Tests.Protocol.Endpoints;

/// <summary>One node on SQLite, two on PostgreSQL, and a client whose refresh tokens rotate strictly.</summary>
internal sealed class Nodes : IAsyncDisposable
{
    private PscApp[] _apps = [];
    private HttpClient[] _clients = [];
    private Practitioner _holder = null!;
    private Guid _session;

    public RelyingParty Rp { get; private set; } = null!;

    public PscApp First => _apps[0];

    public static async Task<Nodes> StartAsync(DatabaseProvider database)
    {
        var first = await PscApp.StartAsync(database);
        var nodes = new Nodes { _apps = [first] };
        nodes.Rp = await RelyingParty.RegisterAsync(first, client => client.StrictRefreshRotation = true);
        if (database == DatabaseProvider.PostgreSql) nodes._apps = [first, await first.JoinAsync()];
        nodes._clients = [.. nodes._apps.Select(app => app.Http())];

        using var browser = first.NewBrowser();
        nodes._holder = await first.AddAsync(Build.Practitioner());
        var answer = await nodes.Rp.SignInAsync(browser, nodes._holder);
        nodes._session = Guid.Parse(answer["session_state"]);
        return nodes;
    }

    /// <summary>Changes the session into one that an e-CPS of its holder opened.</summary>
    public async Task<Guid> StandOnAnECpsAsync()
    {
        var eCps = Build.ECps(_holder, First.Clock.GetUtcNow());
        await using var db = First.Database.Open();
        db.Add(eCps);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        await db.Sessions.ExecuteUpdateAsync(set => set.SetProperty(s => s.ECpsId, eCps.Id), TestContext.Current.CancellationToken);
        return eCps.Id;
    }

    /// <summary>Codes of the one session, as the authorization page issues them, without walking through it each time.</summary>
    public async Task<IReadOnlyList<string>> IssueCodesAsync(int count)
    {
        var now = First.Clock.GetUtcNow();
        var codes = new List<string>();
        await using var db = First.Database.Open();
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
                AuthLevel = 1,
                CodeHash = code.Hash,
                CodeExpiresAt = now.AddSeconds(60),
                CreatedAt = now,
                ExpiresAt = now.AddHours(4),
            });
        }

        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        return codes;
    }

    /// <summary>Starts all calls at the same moment, half of them at each node.</summary>
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
