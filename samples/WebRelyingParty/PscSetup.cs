using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using WebRelyingParty.Tokens;

namespace WebRelyingParty;

/// <summary>Sign-in with Pro Santé Connect by the stock handler: everything it needs to know is read from the discovery document.</summary>
internal static class PscSetup
{
    private const string CookieScheme = CookieAuthenticationDefaults.AuthenticationScheme;
    private const string PscScheme = OpenIdConnectDefaults.AuthenticationScheme;

    public static void AddProSanteConnect(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<PscOptions>().BindConfiguration("Psc").ValidateDataAnnotations();
        services.AddSingleton(TimeProvider.System);
        services.AddMemoryCache();
        services.AddSingleton<ITicketStore, MemoryTicketStore>();
        services.AddSingleton<TokenRefresher>();
        services.AddScoped<RefreshExpiredTokens>();

        services.AddAuthentication(CookieScheme).AddCookie().AddOpenIdConnect();
        services.AddOptions<CookieAuthenticationOptions>(CookieScheme).Configure<ITicketStore>(ConfigureCookie);
        services.AddOptions<OpenIdConnectOptions>(PscScheme).Configure<IOptions<PscOptions>, IHostEnvironment>(ConfigureHandler);
        services.Configure<CookieTempDataProviderOptions>(tempData => tempData.Cookie.Name = "exemple-web.message");
    }

    public static void MapProSanteConnect(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/connexion", () => Results.Challenge(new AuthenticationProperties { RedirectUri = "/" }, [PscScheme]));

    private static void ConfigureCookie(CookieAuthenticationOptions cookie, ITicketStore tickets)
    {
        cookie.Cookie.Name = "exemple-web";
        // The tokens stay on the server: the cookie holds a reference.
        cookie.SessionStore = tickets;
        // RIE-PS 13: the session here is never longer than the one at Pro Santé Connect, 4 hours.
        cookie.ExpireTimeSpan = TimeSpan.FromHours(4);
        cookie.SlidingExpiration = false;
        cookie.LoginPath = "/connexion";
        cookie.EventsType = typeof(RefreshExpiredTokens);
    }

    private static void ConfigureHandler(OpenIdConnectOptions oidc, IOptions<PscOptions> options, IHostEnvironment environment)
    {
        var psc = options.Value;
        oidc.MetadataAddress = psc.Discovery!.AbsoluteUri;
        oidc.RequireHttpsMetadata = !psc.IsPlainLoopback;
        oidc.ClientId = psc.ClientId;
        oidc.ClientSecret = psc.ClientSecret;
        if (psc.TrustedRoot.Length > 0)
            oidc.BackchannelHttpHandler = TrustedRoot.Handler(Path.Combine(environment.ContentRootPath, psc.TrustedRoot));

        oidc.ResponseType = "code";
        oidc.ResponseMode = "query";
        oidc.UsePkce = true;
        oidc.Scope.Clear();
        oidc.Scope.Add("openid");
        oidc.Scope.Add("scope_all");
        oidc.AdditionalAuthorizationParameters["acr_values"] = "eidas1";
        oidc.GetClaimsFromUserInfoEndpoint = true;
        oidc.SaveTokens = true;
        oidc.MapInboundClaims = false;
        oidc.TokenValidationParameters.NameClaimType = "preferred_username";
        oidc.DisableTelemetry = true;

        // The answer comes by a plain redirect, so Lax is enough; and Secure follows the address, because http://localhost has none.
        foreach (var cookie in new[] { oidc.CorrelationCookie, oidc.NonceCookie })
        {
            cookie.SameSite = SameSiteMode.Lax;
            cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        }

        oidc.Events.OnUserInformationReceived = received =>
        {
            received.Properties!.SetUserInfo(received.User.RootElement.GetRawText());
            return Task.CompletedTask;
        };
        oidc.Events.OnRemoteFailure = SignInError.ShowAsync;
    }
}
