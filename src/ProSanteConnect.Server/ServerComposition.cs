using ProSanteConnect.Server.Account;
using ProSanteConnect.Server.Delivery;
using ProSanteConnect.Server.Devices;
using ProSanteConnect.Server.Enrolment;
using ProSanteConnect.Server.Operation;
using ProSanteConnect.Server.Protocol;
using ProSanteConnect.Server.Shared;
using ProSanteConnect.Server.Shared.Changes;
using ProSanteConnect.Server.Shared.Http;
using ProSanteConnect.Server.SignIn;
using ProSanteConnect.Server.SignIn.Approval;
using ProSanteConnect.Server.SignIn.Card;
using ProSanteConnect.Server.Start;

namespace ProSanteConnect.Server;

/// <summary>The provider's table of contents, which the production host and the sandbox share.</summary>
internal static class ServerComposition
{
    public static void AddServer(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(TimeProvider.System);
        services.AddDatabase();
        services.AddKeys();
        builder.AddOperation();
        services.AddDelivery();
        services.AddWatching();
        services.AddTiming();
        services.AddPages();
        services.AddSignIn();
        services.AddApprovalPages();
        services.AddCards();
        services.AddProtocol();
        services.AddDevices();
        services.AddEnrolment();
        services.AddAccount();
    }

    public static void UseServer(this WebApplication app)
    {
        app.UseOperation();
        app.UseCardListenerOnly();
        app.UseSingleSlashes();
        app.UseHeadAsGet();
        app.UsePages();
        app.UseContentTypes();
        app.UseRouting();
        app.UseProtocolCors();
        app.UseAllowedMethods();
        app.UseAuthentication();
        app.UseAuthorization();

        app.MapOperation();
        app.MapPages();
        app.MapSignIn();
        app.MapApprovalPages();
        app.MapCards();
        app.MapProtocol();
        app.MapEnrolment();
        app.MapDevices();
    }
}
