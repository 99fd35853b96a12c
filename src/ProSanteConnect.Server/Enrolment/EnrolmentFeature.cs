using ProSanteConnect.Server.Enrolment.Card;

namespace ProSanteConnect.Server.Enrolment;

/// <summary>Activating an e-CPS with a card, as the computer sees it (A1–A10).</summary>
internal static class EnrolmentFeature
{
    public static IServiceCollection AddEnrolment(this IServiceCollection services)
    {
        services.AddScoped<CardActivations>();
        services.AddSingleton<ShownQrCode>();
        return services;
    }

    public static void MapEnrolment(this IEndpointRouteBuilder app) => app.MapGet(ActivationStatusEndpoint.Route, ActivationStatusEndpoint.Tell);
}
