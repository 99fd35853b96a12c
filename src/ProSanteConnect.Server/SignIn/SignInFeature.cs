using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.WebUtilities;
using ProSanteConnect.Core.SignIn;
using ProSanteConnect.Core.SingleSignOn;
using ProSanteConnect.Server.Shared.Text;

namespace ProSanteConnect.Server.SignIn;

/// <summary>The sign-in: its page, the card listener, the approval on the phone, and the session that results.</summary>
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
        services.AddScoped<ApprovalFreezes>();
        services.AddScoped<PendingSignIn>();
        services.AddScoped<LastTab>();
        services.AddScoped<SignInStart>();
        services.AddScoped<SignInCancellation>();
        services.AddScoped<RequestingClient>();
        services.Configure<RequestLocalizationOptions>(options => options.RequestCultureProviders.Insert(1, new SignInLanguage()));
        return services;
    }

    public static void MapSignIn(this IEndpointRouteBuilder app) =>
        app.MapGet(SignInContinuation.Route, SignInContinuation.Continue);
}

/// <summary>Log events of the sign-in: 3xxx.</summary>
internal static partial class Log
{
    [LoggerMessage(3001, LogLevel.Warning, "Card refused: {Reason}. The browser is redirected to the refusal page.")]
    public static partial void CardRefused(this ILogger logger, string reason);

    [LoggerMessage(3002, LogLevel.Warning, "Request to the card listener refused with 400: its Client-Cert header does not come from the proxy (CardListener:ProxyCertificateSha256).")]
    public static partial void CardHeaderRefused(this ILogger logger);

    [LoggerMessage(3003, LogLevel.Warning, "Revocation list of {Issuer} could not be refreshed: {Doubt}. The former list stays in use up to Card:CrlMaxAge; retried after Card:CrlRefreshInterval.")]
    public static partial void CrlNotRefreshed(this ILogger logger, string issuer, string doubt);

    [LoggerMessage(3005, LogLevel.Warning, "{Count} sessions were ended, because a revocation list names the cards that opened them. The holders must sign in by another means.")]
    public static partial void SessionsOfRevokedCardsEnded(this ILogger logger, int count);

    [LoggerMessage(3004, LogLevel.Error, "Revocation lists could not be refreshed. The former lists stay in use up to Card:CrlMaxAge; retried after Card:CrlRefreshInterval.")]
    public static partial void CrlRefreshFailed(this ILogger logger, Exception exception);
}

/// <summary>Selects the language of a sign-in page from <c>ui_locales</c> of the interrupted authorization request.</summary>
internal sealed class SignInLanguage : RequestCultureProvider
{
    public override async Task<ProviderCultureResult?> DetermineProviderCultureResult(HttpContext httpContext)
    {
        if (!IsSignInPage(httpContext.Request.Path)) return null;
        if (!Guid.TryParse(httpContext.Request.Query["demande"], out var signInRequestId)) return null;

        var pending = httpContext.RequestServices.GetRequiredService<PendingSignIn>();
        var request = await pending.FindAsync(signInRequestId, httpContext.RequestAborted);
        return request?.ClientId is null ? null : UiLocales.Parse(QueryHelpers.ParseQuery(request.Continuation).GetValueOrDefault(UiLocales.Parameter));
    }

    // Exact paths only: the other routes of the sign-in redirect, and need no query.
    private static bool IsSignInPage(PathString path) => path == "/connexion" || path == "/connexion/e-cps" || path == "/carte/refusee";
}
