using System.ComponentModel.DataAnnotations;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using WebRelyingParty.Tokens;

namespace WebRelyingParty;

/// <summary>Sign-in with Pro Santé Connect by Microsoft's OpenID Connect handler, configured from the discovery document.</summary>
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
        // The tokens stay on the server; the cookie contains a reference.
        cookie.SessionStore = tickets;
        // RIE-PS 13: the session is not longer than that of Pro Santé Connect, 4 hours.
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

        // The response comes by a GET redirect, so SameSite=Lax suffices; Secure depends on the scheme, because of http://localhost.
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

/// <summary>The address of Pro Santé Connect and the credentials of this client (section <c>Psc</c>).</summary>
public sealed class PscOptions : IValidatableObject
{
    /// <summary>
    /// The address of the discovery document, which differs between the sandbox and the real service. Must be https, except on
    /// loopback. Required.
    /// </summary>
    [Required]
    public Uri? Discovery { get; set; }

    [Required]
    public string ClientId { get; set; } = "";

    [Required]
    public string ClientSecret { get; set; } = "";

    /// <summary>
    /// A PEM file with the only root certificate to trust for calls to the provider, relative to the application's folder.
    /// Empty (default) for the roots of the system.
    /// </summary>
    public string TrustedRoot { get; set; } = "";

    /// <summary>Whether the provider is called over plain http, which is allowed on loopback only.</summary>
    internal bool IsPlainLoopback => Discovery is { Scheme: "http", IsLoopback: true };

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Discovery is not ({ IsAbsoluteUri: true, Scheme: "https" } or { IsAbsoluteUri: true, Scheme: "http", IsLoopback: true }))
            yield return new ValidationResult($"Psc:Discovery must be an https address (http on loopback only), not '{Discovery}'.");
    }
}

/// <summary>Trusts only the authority whose certificate is in a file: the sandbox makes its own.</summary>
internal static class TrustedRoot
{
    private static readonly Oid ServerAuthentication = new("1.3.6.1.5.5.7.3.1");

    public static SocketsHttpHandler Handler(string pemFile) => new()
    {
        SslOptions =
        {
            RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
                certificate is X509Certificate2 server && IsTrusted(server, chain, errors, pemFile),
        },
    };

    private static bool IsTrusted(X509Certificate2 server, X509Chain? presented, SslPolicyErrors errors, string pemFile)
    {
        // Only the chain is validated here; a certificate for another host name stays refused.
        if ((errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.None) return false;

        // Read for each connection, because the sandbox may start later or make a new certificate.
        using var root = X509Certificate2.CreateFromPem(File.ReadAllText(pemFile));
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(root);
        chain.ChainPolicy.ApplicationPolicy.Add(ServerAuthentication);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        foreach (var element in presented!.ChainElements) chain.ChainPolicy.ExtraStore.Add(element.Certificate);

        return chain.Build(server);
    }
}
