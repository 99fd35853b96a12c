using ProSanteConnect.Core.SignIn;
using ProSanteConnect.Server.Account.SignOut;
using ProSanteConnect.Server.SignIn;

namespace ProSanteConnect.Server.Account;

/// <summary>The portal, the account of a practitioner, and signing out.</summary>
internal static class AccountFeature
{
    public static IServiceCollection AddAccount(this IServiceCollection services)
    {
        services.AddScoped<SignInHistory>();
        services.AddScoped<Repudiation>();
        services.AddSingleton<SignOutContinuation>();
        services.Configure<SignInPageOptions>(options => options.ECpsClients.Add(TryModel.ClientId));
        return services;
    }
}
