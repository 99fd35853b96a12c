using Microsoft.Extensions.Options;
using ProSanteConnect.Core.Authenticators;
using ProSanteConnect.Core.Delivery;
using ProSanteConnect.Core.Enrolment;
using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Core.SignIn;
using ProSanteConnect.Server.Devices.Upkeep;

namespace ProSanteConnect.Server.Devices;

/// <summary>The e-CPS: how phones become one, what they are asked, and the API by which they answer.</summary>
internal static class DevicesFeature
{
    public static IServiceCollection AddDevices(this IServiceCollection services)
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
        services.AddHostedService<ECpsUpkeep>();
        return services;
    }

    // The core takes options by themselves: it knows nothing of hosts.
    private static void AddValidated<TOptions>(this IServiceCollection services, string section) where TOptions : class
    {
        services.AddOptionsWithValidateOnStart<TOptions>().BindConfiguration(section).ValidateDataAnnotations();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<TOptions>>().Value);
    }
}
