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

/// <summary>What keeps the provider running and lets an operator see it run; nothing here knows what a sign-in is.</summary>
internal static class OperationFeature
{
    /// <summary>Needs the database and the master key as services.</summary>
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

    /// <summary>Before all other middleware. The order is part of it: each sees what the next ones make of the answer.</summary>
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
