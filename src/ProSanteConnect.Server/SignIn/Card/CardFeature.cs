using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ProSanteConnect.Core.Cards;
using ProSanteConnect.Core.Cards.Revocation;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.SingleSignOn;
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
        services.AddScoped<RevokedCards>();
        services.AddSingleton<CrlRefreshJob>();
        services.AddHostedService(provider => provider.GetRequiredService<CrlRefreshJob>());
        services.AddSingleton<CardConnection>();
        services.AddSingleton<CardListenerUrl>();
        services.AddScoped<CardSignIn>();
        return services;
    }

    public static void MapCards(this IEndpointRouteBuilder app) => app.MapGet(CardListenerUrl.Route, CardEndpoint.Present);
}

/// <summary>Ends the open sessions of cards that a revocation list names.</summary>
internal sealed class RevokedCards(PscDb db, Sessions sessions, CrlStore crls, TimeProvider clock)
{
    /// <returns>How many sessions ended.</returns>
    public async Task<int> EndSessionsAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var revoked = new List<Guid>();
        var open = db.Sessions.AsNoTracking()
            .Where(s => s.CertificateId != null && s.EndedAt == null && s.ExpiresAt > now && s.IdleExpiresAt > now)
            .Select(s => new { s.Id, s.CertificateId });
        await foreach (var session in open.AsAsyncEnumerable().WithCancellation(ct))
        {
            if (CertificateId.TryParse(session.CertificateId, out var certificate) && await crls.CheckAsync(certificate, now, ct) is RevocationAnswer.Revoked)
                revoked.Add(session.Id);
        }

        foreach (var id in revoked) await sessions.EndAsync(id, SessionEndReason.CardRevoked, context: null, now, ct);
        return revoked.Count;
    }
}

/// <summary>
/// Fetches the revocation lists of the configured authorities at intervals, and ends the sessions of cards that they list; no sign-in waits for it
/// (security-checklist T17, T25).
/// </summary>
internal sealed class CrlRefreshJob(
    CrlStore crls, IServiceScopeFactory scopes, IOptions<CardOptions> options, TimeProvider clock, ILogger<CrlRefreshJob> logger) : RecurringJob(clock)
{
    protected override TimeSpan Interval => options.Value.CrlRefreshInterval;

    protected override bool RunsAtStart => true;

    public override async Task RunAsync(CancellationToken ct)
    {
        foreach (var failed in (await crls.RefreshAsync(Clock.GetUtcNow(), ct)).OfType<CrlRefresh.Failed>())
            logger.CrlNotRefreshed(failed.Issuer, failed.Doubt);

        await using var scope = scopes.CreateAsyncScope();
        var ended = await scope.ServiceProvider.GetRequiredService<RevokedCards>().EndSessionsAsync(ct);
        if (ended > 0) logger.SessionsOfRevokedCardsEnded(ended);
    }

    protected override void LogFailure(Exception exception, string? databaseFailure) => logger.CrlRefreshFailed(exception);
}
