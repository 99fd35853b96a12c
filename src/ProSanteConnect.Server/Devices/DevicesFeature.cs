using Microsoft.Extensions.Options;
using ProSanteConnect.Core.Delivery;
using ProSanteConnect.Core.Devices;
using ProSanteConnect.Core.Enrolment;
using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Core.SignIn;
using ProSanteConnect.Core.SingleSignOn;
using ProSanteConnect.Server.Devices.Api;
using ProSanteConnect.Server.Devices.Holder;
using ProSanteConnect.Server.Devices.Passkeys;
using ProSanteConnect.Server.Devices.Requests;
using ProSanteConnect.Server.Enrolment.Api;
using ProSanteConnect.Server.Enrolment.ContactDetails;

namespace ProSanteConnect.Server.Devices;

/// <summary>The e-CPS: how phones become one, what they are asked, and the API by which they answer.</summary>
internal static class DevicesFeature
{
    public static IServiceCollection AddDevices(this IServiceCollection services)
    {
        services.AddECpsRules();
        services.AddSingleton<SearchLimits>();
        services.AddScoped<DeviceEnrolment>();
        services.AddScoped<ECpsViews>();
        services.AddScoped<RequestViews>();
        services.AddSingleton<EventStream>();
        services.AddPasskeys();
        services.AddDeviceApi();
        services.AddApiDescription();
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
        services.AddValidated<ECpsOptions>("ECps");
        services.AddValidated<ActivationOptions>("Activation");
        services.AddValidated<ApprovalOptions>("Approval");
        services.AddSingleton<PinHasher>();
        services.AddSingleton<ECpsReminders>();
        services.AddScoped<Ceremonies>();
        services.AddScoped<ECpsPins>();
        services.AddScoped<ECpsRegister>();
        services.AddScoped<Activations>();
        services.AddScoped<ApprovalRequests>();
        services.AddScoped<KnownBrowsers>();
        services.AddScoped<RppsSearch>();
        services.AddSingleton<ForgetPushSubscription>(provider => async (gone, ct) =>
        {
            await using var scope = provider.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<ECpsRegister>().ForgetSubscriptionAsync(gone, ct);
        });
    }

    // The core takes options by themselves: it knows nothing of hosts.
    private static void AddValidated<TOptions>(this IServiceCollection services, string section) where TOptions : class
    {
        services.AddOptionsWithValidateOnStart<TOptions>().BindConfiguration(section).ValidateDataAnnotations();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<TOptions>>().Value);
    }
}

/// <summary>Serves the phone app under <c>/app/</c>: the static files of another project, and its start page.</summary>
internal static class DeviceAppFeature
{
    private const string Base = "/app";
    private const string StartPage = "app/index.html";

    public static void MapDeviceApp(this IEndpointRouteBuilder app) => app.MapGet(Base, Show).ExcludeFromDescription();

    // With the slash it is a folder: the addresses in the page are relative to it. Routing itself makes no difference.
    private static IResult Show(HttpContext http, IWebHostEnvironment environment)
    {
        if (!http.Request.Path.Value!.EndsWith('/')) return TypedResults.Redirect(Base + "/");

        http.Response.Headers.CacheControl = "no-cache";
        return TypedResults.Stream(environment.WebRootFileProvider.GetFileInfo(StartPage).CreateReadStream(), "text/html; charset=utf-8");
    }
}
