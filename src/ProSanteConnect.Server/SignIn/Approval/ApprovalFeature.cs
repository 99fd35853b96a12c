using ProSanteConnect.Core.SignIn;
using ProSanteConnect.Core.SingleSignOn;
using ProSanteConnect.Server.Shared.Hosting;

namespace ProSanteConnect.Server.SignIn.Approval;

/// <summary>Sign-in by approval on the phone, as the computer takes part in it: start the approval, wait for it, continue.</summary>
internal static class ApprovalFeature
{
    public static IServiceCollection AddApprovalPages(this IServiceCollection services)
    {
        services.AddValidatedOptions<ApprovalOptions>("Approval");
        services.AddValidatedOptions<KnownBrowserOptions>("Approval");
        services.AddScoped<ApprovalRequests>();
        services.AddScoped<KnownBrowserCookie>();
        services.AddScoped<IdentifierCookie>();
        services.AddScoped<StartApproval>();
        services.AddScoped<ApprovalStates>();
        return services;
    }

    public static void MapApprovalPages(this IEndpointRouteBuilder app) =>
        app.MapGet(ApprovalStatusEndpoint.Route, ApprovalStatusEndpoint.GetStatus);
}
