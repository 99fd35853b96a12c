using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Keys;
using ProSanteConnect.Core.RelyingParties;
using ProSanteConnect.Core.Security;
using ProSanteConnect.Server.Protocol.Tokens;
using ProSanteConnect.Server.Shared.Clients;
using ProSanteConnect.Server.Shared.Http;

namespace ProSanteConnect.Server.Protocol.OpenIddict;

/// <summary>
/// Keeps what every request needs in memory and fresh: the relying parties and the signing keys. One query per tick asks
/// whether either has changed; while the database is away the last state serves on.
/// </summary>
internal sealed class Snapshots(
    PscDbFactory databases, MasterKey masterKey, ClientDirectory clients, SigningKeys keys,
    IOptions<KeyOptions> keyOptions, TimeProvider clock, ILogger<Snapshots> logger) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(2);

    /// <summary>How often the calendar of the keys is looked at.</summary>
    private static readonly TimeSpan KeyCheck = TimeSpan.FromMinutes(10);

    private DateTimeOffset _nextKeyCheck;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await RefreshAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>Reads again what has changed; also for a test or a command that does not want to wait for the tick.</summary>
    public async Task RefreshAsync(CancellationToken ct)
    {
        await using var db = databases.Create();
        var now = clock.GetUtcNow();
        if (now >= _nextKeyCheck)
        {
            await new KeyRotation(databases, masterKey, keyOptions.Value).EnsureAsync(now, ct);
            _nextKeyCheck = now + KeyCheck;
        }

        var revisions = await db.Revisions.AsNoTracking().ToDictionaryAsync(r => r.Name, r => r.Number, ct);
        if (clients.Snapshot is null || clients.Snapshot.Revision != revisions[Revision.Clients])
            clients.Replace(await ClientSnapshot.LoadAsync(db, ct));
        if (!keys.IsLoaded || keys.Ring.Revision != revisions[Revision.Keys])
            keys.Replace(await KeyRing.LoadAsync(db, masterKey, ct));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await clock.PauseAsync(Tick, stoppingToken))
        {
            try
            {
                await RefreshAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                logger.SnapshotsNotRefreshed(exception);
            }
        }
    }
}

/// <summary>A node without signing keys and relying parties is not ready.</summary>
internal sealed class SigningKeysCheck(SigningKeys keys, ClientDirectory clients) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(keys.IsLoaded && clients.Snapshot is not null
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy("keys and relying parties have not been read yet"));
}
