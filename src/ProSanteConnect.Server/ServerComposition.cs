using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Keys;
using ProSanteConnect.Server.Protocol;
using ProSanteConnect.Server.Shared;
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
        services.AddDatabase();
        services.AddKeys();
        services.AddSignIn();
        //services.AddCards();
        services.AddProtocol();
    }

    public static void UseServer(this WebApplication app)
    {
        app.UseCardListenerOnly();
        app.UseSingleSlashes();
        app.UseRouting();
        app.UseAuthentication();
        app.MapSignIn();
        //app.MapCards();
        app.MapProtocol();
    }
}
