namespace ProSanteConnect.Server.Protocol.Origins;

internal static class OriginsFeature
{
    /// <summary>The production's origins, fixed by the section <c>Origins</c>.</summary>
    public static IServiceCollection AddConfiguredOrigins(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<OriginOptions>().BindConfiguration("Origins").ValidateDataAnnotations();
        return services.AddSingleton<PublicOrigins, ConfiguredOrigins>();
    }
}
