using Microsoft.Extensions.Options;
using ProSanteConnect.Core.Authenticators;

namespace ProSanteConnect.Server.SignIn.Card;

/// <summary>The card: its listener, its checks and what comes of them.</summary>
internal static class CardFeature
{
    public static IServiceCollection AddCards(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<CardListenerOptions>().BindConfiguration("CardListener").ValidateDataAnnotations();
        services.AddOptionsWithValidateOnStart<CardOptions>().BindConfiguration(CardOptions.Section).ValidateDataAnnotations();
        services.AddCardVerification(provider => provider.GetRequiredService<IOptions<CardOptions>>().Value);
        services.AddHostedService<CrlRefreshJob>();
        services.AddSingleton<CardConnection>();
        services.AddSingleton<CardDoor>();
        services.AddScoped<CardSignIn>();
        return services;
    }

    public static void MapCards(this IEndpointRouteBuilder app) => app.MapGet(CardDoor.Route, CardEndpoint.Present);
}
