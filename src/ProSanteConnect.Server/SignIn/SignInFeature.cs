using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.WebUtilities;
using ProSanteConnect.Core.SignIn;
using ProSanteConnect.Core.SingleSignOn;
using ProSanteConnect.Server.Shared.Text;

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
        services.AddScoped<Grants>();
        services.AddScoped<KnownBrowsers>();
        services.AddScoped<BrowserSession>();
        services.AddScoped<PendingSignIn>();
        services.AddScoped<SignInStart>();
        services.AddScoped<SignInCancellation>();
        services.AddScoped<RequestingClient>();
        services.Configure<RequestLocalizationOptions>(options => options.RequestCultureProviders.Insert(1, new SignInLanguage()));
        return services;
    }

    public static void MapSignIn(this IEndpointRouteBuilder app) =>
        app.MapGet(SignInContinuation.Route, SignInContinuation.Continue);
}

/// <summary>The <c>ui_locales</c> of the authorization request that a page of the sign-in continues.</summary>
internal sealed class SignInLanguage : RequestCultureProvider
{
    public override async Task<ProviderCultureResult?> DetermineProviderCultureResult(HttpContext httpContext)
    {
        if (!IsPageOfTheSignIn(httpContext.Request.Path)) return null;
        if (!Guid.TryParse(httpContext.Request.Query["demande"], out var demande)) return null;

        var pending = httpContext.RequestServices.GetRequiredService<PendingSignIn>();
        var request = await pending.FindAsync(demande, httpContext.RequestAborted);
        return request?.ClientId is null ? null : UiLocales.Parse(QueryHelpers.ParseQuery(request.Continuation).GetValueOrDefault(UiLocales.Parameter));
    }

    // Exact paths only: the steps in between show nothing, and need no question to the database.
    private static bool IsPageOfTheSignIn(PathString path) => path == "/connexion" || path == "/connexion/e-cps" || path == "/carte/refusee";
}
