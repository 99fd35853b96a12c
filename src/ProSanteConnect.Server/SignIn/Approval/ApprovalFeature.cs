namespace ProSanteConnect.Server.SignIn.Approval;

/// <summary>The approval on the phone, as the computer sees it: whom to ask, and what came of it.</summary>
internal static class ApprovalFeature
{
    public static IServiceCollection AddApprovalPages(this IServiceCollection services)
    {
        services.AddScoped<ThisBrowser>();
        services.AddScoped<TypedIdentifier>();
        services.AddScoped<PhoneRequest>();
        services.AddScoped<PhoneAnswers>();
        return services;
    }

    public static void MapApprovalPages(this IEndpointRouteBuilder app) => app.MapGet(PhoneNews.Route, PhoneNews.Tell);
}
