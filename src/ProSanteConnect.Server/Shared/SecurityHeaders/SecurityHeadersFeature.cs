using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace ProSanteConnect.Server.Shared.SecurityHeaders;

/// <summary>
/// The headers of every response, errors included (ASVS 3.4, RFC 9700 §4.16). They are set when the response starts,
/// so that they are not lost when the response is cleared or replaced.
/// </summary>
internal static class SecurityHeadersFeature
{
    public static IServiceCollection AddSecurityHeaders(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<SecurityHeadersOptions>().BindConfiguration("SecurityHeaders").ValidateDataAnnotations();
        services.Configure<KestrelServerOptions>(kestrel => kestrel.AddServerHeader = false);
        return services;
    }

    /// <summary>The first of all middleware.</summary>
    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app)
    {
        var strictTransport = StrictTransport(
            app.ApplicationServices.GetRequiredService<IOptions<SecurityHeadersOptions>>().Value,
            app.ApplicationServices.GetRequiredService<IHostEnvironment>());

        return app.Use(next => context =>
        {
            context.Response.OnStarting(() =>
            {
                Set(context, strictTransport);
                return Task.CompletedTask;
            });
            return next(context);
        });
    }

    private static void Set(HttpContext context, string? strictTransport)
    {
        var headers = context.Response.Headers;
        var policy = context.Features.Get<ContentSecurityPolicy>();
        headers.ContentSecurityPolicy = policy?.ToString() ?? ContentSecurityPolicy.Default;
        headers.XFrameOptions = policy is { IsLetter: true } ? "SAMEORIGIN" : "DENY";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = PermissionsPolicy.For(context.Request.Path);
        headers.Remove(HeaderNames.Server);

        // Cacheable responses set the header themselves: static files, discovery and the JWK set.
        if (headers.CacheControl.Count == 0) headers.CacheControl = "no-store";

        if (strictTransport is not null && context.Request.IsHttps && !IsThisMachine(context.Request.Host.Host))
            headers.StrictTransportSecurity = strictTransport;
    }

    private static string? StrictTransport(SecurityHeadersOptions options, IHostEnvironment environment)
    {
        if (!options.StrictTransport || !environment.IsProduction()) return null;

        var age = $"max-age={(long)options.StrictTransportAge.TotalSeconds}";
        return options.StrictTransportForSubdomains ? $"{age}; includeSubDomains" : age;
    }

    private static bool IsThisMachine(string host) => host is "localhost" or "127.0.0.1" or "[::1]";
}

/// <summary>Options of HSTS (section <c>SecurityHeaders</c>).</summary>
internal sealed class SecurityHeadersOptions
{
    /// <summary>
    /// Whether browsers are told to use https only (HSTS, RFC 6797). True by default; sent over https, never for
    /// this machine's own name.
    /// </summary>
    public bool StrictTransport { get; set; } = true;

    /// <summary>How long they remember it. From 1 to 3 years (ASVS 3.4.1); 2 years by default.</summary>
    [Range(typeof(TimeSpan), "365.00:00:00", "1096.00:00:00")]
    public TimeSpan StrictTransportAge { get; set; } = TimeSpan.FromDays(730);

    /// <summary>Whether it holds for the names under ours too. True by default (ASVS 3.4.1).</summary>
    public bool StrictTransportForSubdomains { get; set; } = true;
}

/// <summary>The Permissions-Policy: none, except the camera for the phone app, which scans QR codes.</summary>
internal static class PermissionsPolicy
{
    private const string Others = "geolocation=(), microphone=(), payment=(), usb=(), publickey-credentials-get=(self), publickey-credentials-create=(self)";

    // For every file of the app, because its service worker serves cached files with their cached headers.
    public static string For(PathString path) =>
        $"camera={(path.StartsWithSegments("/app") ? "(self)" : "()")}, {Others}";
}
