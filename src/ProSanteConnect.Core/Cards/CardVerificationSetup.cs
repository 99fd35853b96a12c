using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ProSanteConnect.Core.Cards.Checks;
using ProSanteConnect.Core.Cards.Revocation;

namespace ProSanteConnect.Core.Cards;

/// <summary>Registers <see cref="CardVerifier"/> with its CRL store and its OCSP client.</summary>
public static class CardVerificationSetup
{
    /// <remarks>
    /// The host resolves <see cref="CardVerifier"/> at start, so that a missing authority file stops it, and calls
    /// <see cref="CrlStore.RefreshAsync(DateTimeOffset, CancellationToken)"/> at start and every <see cref="CardOptions.CrlRefreshInterval"/>.
    /// </remarks>
    public static IServiceCollection AddCardVerification(this IServiceCollection services, Func<IServiceProvider, CardOptions> options)
    {
        services.TryAddKeyedSingleton(RevocationHttp.ServiceKey, (_, _) => RevocationHttp.Create());
        services.TryAddSingleton(provider => TrustedAuthorities.Load(options(provider).TrustedAuthorities));
        services.TryAddSingleton(provider => new RevocationAddresses(provider.GetRequiredService<TrustedAuthorities>(), options(provider)));
        services.TryAddSingleton(provider => new CrlStore(
            provider.GetRequiredService<RevocationAddresses>(), options(provider), Http(provider)));
        services.TryAddSingleton(provider => new OcspCheck(
            provider.GetRequiredService<RevocationAddresses>(), provider.GetRequiredService<CrlStore>(), options(provider), Http(provider)));
        services.TryAddSingleton<IRevocationCheck, OcspThenCrl>();
        services.TryAddSingleton(provider => new CardVerifier(
            provider.GetRequiredService<TrustedAuthorities>(), options(provider),
            provider.GetRequiredService<RevocationAddresses>(), provider.GetRequiredService<IRevocationCheck>()));
        return services;
    }

    private static HttpMessageInvoker Http(IServiceProvider provider) =>
        provider.GetRequiredKeyedService<HttpMessageInvoker>(RevocationHttp.ServiceKey);
}
