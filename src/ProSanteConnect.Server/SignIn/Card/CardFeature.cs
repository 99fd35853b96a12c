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
    CrlStore crls, IOptions<CardOptions> options, TimeProvider clock, ILogger<CrlRefreshJob> logger) : RecurringJob(clock)
{
    protected override TimeSpan Interval => options.Value.CrlRefreshInterval;

    protected override bool RunsAtStart => true;

    public override async Task RunAsync(CancellationToken ct)
    {
        foreach (var failed in (await crls.RefreshAsync(Clock.GetUtcNow(), ct)).OfType<CrlRefresh.Failed>())
            logger.CrlNotRefreshed(failed.Issuer, failed.Doubt);
    }

    protected override void LogFailure(Exception exception, string? databaseFailure) => logger.CrlRefreshFailed(exception);
}
