namespace ProSanteConnect.Server.Shared.Timing;

internal static class TimingFeature
{
    public static IServiceCollection AddTiming(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<FloorTimeOptions>().BindConfiguration("FloorTime").ValidateDataAnnotations();
        return services.AddSingleton<FloorTime>();
    }
}
