using Microsoft.Extensions.Options;
using ProSanteConnect.Core.Authenticators;
using ProSanteConnect.Core.Authenticators.Revocation;
using ProSanteConnect.Core.Authenticators.Verification;

namespace ProSanteConnect.Server.SignIn.Card;

/// <summary>The card: its listener, its checks and what comes of them.</summary>
internal static class CardFeature
{
    public static IServiceCollection AddCards(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<CardListenerOptions>().BindConfiguration("CardListener").ValidateDataAnnotations();
        services.AddOptionsWithValidateOnStart<CardOptions>().BindConfiguration(CardOptions.Section).ValidateDataAnnotations();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<CardOptions>>().Value);
        services.AddSingleton(provider => TrustedAuthorities.Load(provider.GetRequiredService<CardOptions>().TrustedAuthorities));

        services.AddSingleton<RevocationAddresses>();
        services.AddKeyedSingleton(RevocationHttp.ServiceKey, (_, _) => RevocationHttp.Create());
        services.AddSingleton(provider => new CrlStore(
            provider.GetRequiredService<RevocationAddresses>(), provider.GetRequiredService<CardOptions>(), Http(provider)));
        services.AddSingleton(provider => new OcspCheck(
            provider.GetRequiredService<RevocationAddresses>(), provider.GetRequiredService<CrlStore>(),
            provider.GetRequiredService<CardOptions>(), Http(provider)));
        services.AddSingleton<IRevocationCheck, OcspThenCrl>();
        services.AddHostedService<CrlRefreshJob>();

        services.AddSingleton<CardVerifier>();
        services.AddSingleton<CardConnection>();
        services.AddSingleton<CardDoor>();
        services.AddScoped<CardSignIn>();
        return services;
    }

    public static void MapCards(this IEndpointRouteBuilder app) => app.MapGet(CardDoor.Route, CardEndpoint.Present);

    private static HttpMessageInvoker Http(IServiceProvider provider) =>
        provider.GetRequiredKeyedService<HttpMessageInvoker>(RevocationHttp.ServiceKey);
}
