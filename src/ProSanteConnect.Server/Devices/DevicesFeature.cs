using ProSanteConnect.Core.Delivery;
using ProSanteConnect.Core.Devices;
using ProSanteConnect.Server.Devices.Api;
using ProSanteConnect.Server.Devices.Holder;
using ProSanteConnect.Server.Devices.Passkeys;
using ProSanteConnect.Server.Devices.Requests;
using ProSanteConnect.Server.Shared.Hosting;

namespace ProSanteConnect.Server.Devices;

/// <summary>The e-CPS of a phone: its requests to approve, its key, its life cycle, and the API of the phone app.</summary>
internal static class DevicesFeature
{
    public static IServiceCollection AddDevices(this IServiceCollection services)
    {
        services.AddECpsRules();
        services.AddScoped<ECpsViews>();
        services.AddScoped<RequestViews>();
        services.AddSingleton<EventStream>();
        services.AddPasskeys();
        services.AddDeviceApi();
        services.AddHostedService<ECpsMaintenance>();
        return services;
    }

    public static void MapDevices(this IEndpointRouteBuilder app)
    {
        app.MapDeviceApi();
        app.MapDeviceApp();
        app.MapOpenApi("/openapi/{documentName}.json");
    }

    private static void AddECpsRules(this IServiceCollection services)
    {
        services.AddValidatedOptions<ECpsOptions>("ECps");
        services.AddSingleton<PinHasher>();
        services.AddSingleton<ECpsReminders>();
        services.AddScoped<Ceremonies>();
        services.AddScoped<ECpsPins>();
        services.AddScoped<ECpsDeactivation>();
        services.AddScoped<ECpsRenewal>();
        services.AddScoped<DeviceTokens>();
        services.AddScoped<PushSubscriptions>();
        services.AddSingleton<ForgetPushSubscription>(provider => async (gone, ct) =>
        {
            await using var scope = provider.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<PushSubscriptions>().ForgetAsync(gone, ct);
        });
    }
}

/// <summary>Serves the phone app under <c>/app/</c>: the static files of another project, and its start page.</summary>
internal static class DeviceAppFeature
{
    private const string Base = "/app";
    private const string StartPage = "app/index.html";

    public static void MapDeviceApp(this IEndpointRouteBuilder app) => app.MapGet(Base, Show).ExcludeFromDescription();

    // The addresses in the page are relative to /app/, with the slash. Routing does not distinguish the two.
    private static IResult Show(HttpContext http, IWebHostEnvironment environment)
    {
        if (!http.Request.Path.Value!.EndsWith('/')) return TypedResults.Redirect(Base + "/");

        http.Response.Headers.CacheControl = "no-cache";
        return TypedResults.Stream(environment.WebRootFileProvider.GetFileInfo(StartPage).CreateReadStream(), "text/html; charset=utf-8");
    }
}
