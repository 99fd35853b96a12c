using ProSanteConnect.Core.SignIn;

namespace ProSanteConnect.Server.SignIn;

/// <summary>Proving who one is: the page, its doors and the session that comes of it.</summary>
internal static class SignInFeature
{
    public static IServiceCollection AddSignIn(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<SignInOptions>().BindConfiguration("SignIn").ValidateDataAnnotations();
        services.AddHttpContextAccessor();
        services.AddScoped<SignInRequests>();
        services.AddScoped<Sessions>();
        services.AddScoped<BrowserSession>();
        services.AddScoped<PendingSignIn>();
        services.AddScoped<SignInStart>();
        services.AddScoped<SignInCancellation>();
        services.AddScoped<AskingApplication>();
        services.Configure<RequestLocalizationOptions>(options => options.RequestCultureProviders.Insert(1, new SignInLanguage()));
        return services;
    }

    public static void MapSignIn(this IEndpointRouteBuilder app) =>
        app.MapGet(SignInContinuation.Route, SignInContinuation.Continue);
}
