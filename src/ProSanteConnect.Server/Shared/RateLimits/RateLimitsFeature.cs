using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using ProSanteConnect.Core.Journal;
using ProSanteConnect.Server.Shared.Telemetry;

namespace ProSanteConnect.Server.Shared.RateLimits;

internal static class RateLimitsFeature
{
    public static IServiceCollection AddRateLimits(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<RateLimitOptions>, ValidateRateLimitOptions>();
        services.AddOptionsWithValidateOnStart<RateLimitOptions>().BindConfiguration("RateLimits").ValidateDataAnnotations();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<PscMetrics>();
        services.TryAddSingleton<JournalWriter>();
        services.AddSingleton<Limits>();
        services.AddSingleton<RateLimiter>();
        services.AddSingleton<RateLimitRefusal>();
        return services;
    }
}
