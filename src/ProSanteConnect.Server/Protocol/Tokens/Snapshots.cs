using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Keys;
using ProSanteConnect.Core.RelyingParties;
using ProSanteConnect.Core.Security;
using ProSanteConnect.Server.Shared.Clients;
using ProSanteConnect.Server.Shared.Hosting;

namespace ProSanteConnect.Server.Protocol.Tokens;

/// <summary>
/// Keeps in memory what every request needs: the relying parties and the signing keys. One query for each tick asks whether either has
/// changed. While the database does not answer, the last state stays in use.
/// </summary>
internal sealed class Snapshots(
    PscDbFactory databases, MasterKey masterKey, ClientDirectory clients, SigningKeys keys,
    IOptions<KeyOptions> keyOptions, TimeProvider clock, ILogger<Snapshots> logger) : RecurringJob(clock)
{
    /// <summary>How often the key rotation is checked.</summary>
    private static readonly TimeSpan KeyCheck = TimeSpan.FromMinutes(10);

    private DateTimeOffset _nextKeyCheck;

    protected override TimeSpan Interval => TimeSpan.FromSeconds(2);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await RunAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>Reads what has changed; also for a test or a command that does not want to wait for the tick.</summary>
    public override async Task RunAsync(CancellationToken ct)
    {
        await using var db = databases.Create();
        var now = Clock.GetUtcNow();
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

    protected override void LogFailure(Exception exception, string? databaseFailure) => Log.SnapshotsNotRefreshed(logger, exception);
}

/// <summary>The signing keys in memory, a snapshot that follows the database.</summary>
internal sealed class SigningKeys
{
    private volatile KeyRing? _ring;

    /// <exception cref="InvalidOperationException">The database has not answered since the start.</exception>
    public KeyRing Ring => _ring ?? throw new InvalidOperationException("The signing keys have not been read yet.");

    public bool IsLoaded => _ring is not null;

    public void Replace(KeyRing ring) => _ring = ring;
}

/// <summary>A node without signing keys and relying parties is not ready.</summary>
internal sealed class SigningKeysCheck(SigningKeys keys, ClientDirectory clients) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(keys.IsLoaded && clients.Snapshot is not null
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy("keys and relying parties have not been read yet"));
}

/// <summary>Log events of the protocol: 1xxx.</summary>
internal static partial class Log
{
    [LoggerMessage(1001, LogLevel.Warning, "Relying parties and signing keys could not be refreshed. The last ones stay in use; the next attempt is in two seconds.")]
    public static partial void SnapshotsNotRefreshed(ILogger logger, Exception exception);
}
