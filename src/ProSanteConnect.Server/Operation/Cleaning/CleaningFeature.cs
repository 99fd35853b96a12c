using Microsoft.Extensions.DependencyInjection.Extensions;
using ProSanteConnect.Server.Shared.Telemetry;

namespace ProSanteConnect.Server.Operation.Cleaning;

internal static class CleaningFeature
{
    public static IServiceCollection AddCleaning(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<CleaningOptions>().BindConfiguration("Cleaning").ValidateDataAnnotations();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<PscMetrics>();
        services.AddSingleton<ExpiredRows>();
        services.AddHostedService<CleaningService>();
        return services;
    }
}
