using ProSanteConnect.Server.Operation.Cleaning;
using ProSanteConnect.Server.Operation.Health;
using ProSanteConnect.Server.Operation.Logs;
using ProSanteConnect.Server.Operation.Telemetry;
using ProSanteConnect.Server.Shared.DataProtection;
using ProSanteConnect.Server.Shared.Errors;
using ProSanteConnect.Server.Shared.Hosting;
using ProSanteConnect.Server.Shared.RateLimits;
using ProSanteConnect.Server.Shared.SecurityHeaders;

namespace ProSanteConnect.Server.Operation;

/// <summary>Operation: logs, telemetry, health, cleaning, and the middleware that every request passes first.</summary>
internal static class OperationFeature
{
    /// <summary>Requires the services of database and master key.</summary>
    public static WebApplicationBuilder AddOperation(this WebApplicationBuilder builder)
    {
        builder.Services.AddLogs();
        builder.Services.AddTelemetry(builder.Configuration);
        builder.Services.AddSecurityHeaders();
        builder.Services.AddFailures();
        builder.Services.AddHosting();
        builder.Services.AddSharedDataProtection();
        builder.Services.AddRateLimits();
        builder.Services.AddHealth();
        builder.Services.AddCleaning();
        return builder;
    }

    /// <summary>Goes before all other middleware. The order matters: each sees the response that the later ones produce.</summary>
    public static IApplicationBuilder UseOperation(this IApplicationBuilder app)
    {
        app.UseSecurityHeaders();
        app.UseRequestLog();
        app.UseExceptionMiddleware();
        app.UseHosting();
        app.UseMetrics();
        return app;
    }

    public static IEndpointRouteBuilder MapOperation(this IEndpointRouteBuilder endpoints) => endpoints.MapHealth();
}
