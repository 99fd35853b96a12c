namespace ProSanteConnect.Server.Devices.Api;

/// <summary>The description of the API, enough to write a phone from.</summary>
internal static class OpenApiDocument
{
    public static IServiceCollection AddOpenApiDocument(this IServiceCollection services) =>
        services.AddOpenApi(DeviceApi.Document);
}
