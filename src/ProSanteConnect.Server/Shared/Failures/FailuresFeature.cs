using Microsoft.Extensions.DependencyInjection.Extensions;
using ProSanteConnect.Server.Shared.Telemetry;

namespace ProSanteConnect.Server.Shared.Failures;

internal static class FailuresFeature
{
    public static IServiceCollection AddFailures(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<FailureOptions>().BindConfiguration("Failures").ValidateDataAnnotations();
        services.TryAddSingleton<PscMetrics>();
        return services;
    }

    /// <summary>Before everything that may fail: the engine runs inside <c>UseAuthentication</c>.</summary>
    public static IApplicationBuilder UseFailures(this IApplicationBuilder app) => app.UseMiddleware<AnswerFailures>();
}
