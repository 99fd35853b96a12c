using Microsoft.Extensions.Options;
using ProSanteConnect.Core.Authenticators;
using ProSanteConnect.Core.Authenticators.Revocation;
using ProSanteConnect.Server.Shared.Timing;

namespace ProSanteConnect.Server.SignIn.Card;

/// <summary>Fetches the revocation lists of the configured authorities, apart from any sign-in (security-checklist T17).</summary>
internal sealed class CrlRefreshJob(
    CrlStore crls, IOptions<CardOptions> options, TimeProvider clock, ILogger<CrlRefreshJob> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        do
        {
            foreach (var failed in (await crls.RefreshAsync(clock.GetUtcNow(), stoppingToken)).OfType<CrlRefresh.Failed>())
                logger.CrlNotRefreshed(failed.Issuer, failed.Doubt);
        }
        while (await clock.PauseAsync(options.Value.CrlRefreshInterval, stoppingToken));
    }
}
