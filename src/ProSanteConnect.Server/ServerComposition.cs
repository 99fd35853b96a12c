using ProSanteConnect.Core.Journal;
using ProSanteConnect.Server.Protocol;
using ProSanteConnect.Server.Shared;
using ProSanteConnect.Server.Shared.DataProtection;
using ProSanteConnect.Server.Shared.Failures;
using ProSanteConnect.Server.Shared.Hosting;
using ProSanteConnect.Server.Shared.SecurityHeaders;
using ProSanteConnect.Server.SignIn;
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
        services.AddSingleton<JournalWriter>();

        services.AddFailures();
        services.AddHosting();
        services.AddSecurityHeaders();
        services.AddDatabase();
        services.AddKeys();
        services.AddSharedDataProtection();
        services.AddPages();
        services.AddSignIn();
        services.AddCards();
        services.AddProtocol();
    }

    public static void UseServer(this WebApplication app)
    {
        app.UseFailures();
        app.UseHosting();
        app.UseSecurityHeaders();
        app.UseCardListenerOnly();
        app.UseSingleSlashes();
        app.UsePages();
        app.UseRouting();
        app.UseAuthentication();

        app.MapPages();
        app.MapSignIn();
        app.MapCards();
        app.MapProtocol();
    }
}
