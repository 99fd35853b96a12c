namespace ProSanteConnect.Server.Shared.Watching;

internal static class WatchingFeature
{
    public static IServiceCollection AddWatching(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<WatchingOptions>().BindConfiguration("Watching").ValidateDataAnnotations();
        services.AddSingleton<ChangeWatch>();
        services.AddSingleton<LongPoll>();
        services.AddHostedService(provider => provider.GetRequiredService<ChangeWatch>());
        return services;
    }
}
