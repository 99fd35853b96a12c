using Microsoft.Extensions.Options;
using ProSanteConnect.Core.Cards;
using ProSanteConnect.Core.Cards.Revocation;
using ProSanteConnect.Server.Shared.Hosting;

namespace ProSanteConnect.Server.SignIn.Card;

/// <summary>Sign-in by card: the listener, the verification, and the refresh of revocation lists.</summary>
internal static class CardFeature
{
    public static IServiceCollection AddCards(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<CardListenerOptions>().BindConfiguration("CardListener").ValidateDataAnnotations();
        services.AddOptionsWithValidateOnStart<CardOptions>().BindConfiguration(CardOptions.Section).ValidateDataAnnotations();
        services.AddCardVerification(provider => provider.GetRequiredService<IOptions<CardOptions>>().Value);
        services.AddHostedService<CrlRefreshJob>();
        services.AddSingleton<CardConnection>();
        services.AddSingleton<CardListenerUrl>();
        services.AddScoped<CardSignIn>();
        return services;
    }

    public static void MapCards(this IEndpointRouteBuilder app) => app.MapGet(CardListenerUrl.Route, CardEndpoint.Present);
}

/// <summary>Fetches the revocation lists of the configured authorities at intervals; no sign-in waits for it (security-checklist T17).</summary>
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
