namespace ProSanteConnect.Server.Account;

/// <summary>The portal: who I am, my e-CPS, my sign-ins.</summary>
internal static class AccountFeature
{
    public static IServiceCollection AddAccount(this IServiceCollection services) => services.AddScoped<SignInHistory>();
}
