using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using IPNetwork = System.Net.IPNetwork;

namespace ProSanteConnect.Server.Shared.Hosting;

/// <summary>Trusted proxies, allowed host names and refused methods: everything before the first feature.</summary>
internal static class HostingFeature
{
    public static IServiceCollection AddHosting(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<ProxyOptions>, ValidateProxyOptions>();
        services.AddOptionsWithValidateOnStart<ProxyOptions>().BindConfiguration("Proxy");
        services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<ProxyOptions>>((forwarded, proxy) => Believe(forwarded, proxy.Value));
        return services;
    }

    /// <summary>Goes after the exception middleware and before anything that reads the client's address, the scheme or the host.</summary>
    public static IApplicationBuilder UseHosting(this IApplicationBuilder app)
    {
        var proxy = app.ApplicationServices.GetRequiredService<IOptions<ProxyOptions>>().Value;

        // Without a known proxy the middleware would trust every sender: it is added only with one.
        if (proxy.IsBehindProxy) app.UseForwardedHeaders();

        var hosts = proxy.AllowedHosts.Select(host => new StringSegment(host)).ToList();
        return app.Use(next => context =>
        {
            if (IsTrace(context.Request)) return Refuse(context, StatusCodes.Status405MethodNotAllowed);
            if (!IsForUs(context.Request, hosts)) return Refuse(context, StatusCodes.Status400BadRequest);

            return next(context);
        });
    }

    private static void Believe(ForwardedHeadersOptions forwarded, ProxyOptions proxy)
    {
        // Not X-Forwarded-Host: the proxy must keep the Host header.
        forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        forwarded.ForwardLimit = null;
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var address in proxy.KnownProxies) forwarded.KnownProxies.Add(IPAddress.Parse(address));
        foreach (var network in proxy.KnownNetworks) forwarded.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(network));
    }

    // A load balancer probes the node by its address. The host becomes part of addresses, so it must be one (HTTP/1.0 may send none).
    private static bool IsForUs(HttpRequest request, List<StringSegment> hosts) =>
        request.Path.StartsWithSegments("/health")
        || request.Path.StartsWithSegments("/metrics")
        || (request.Host.HasValue
            && Uri.TryCreate($"{request.Scheme}://{request.Host}", UriKind.Absolute, out _)
            && (hosts.Count == 0 || HostString.MatchesAny(request.Host.Host, hosts)));

    // ASVS 13.4.4: TRACE returns the request, cookies included.
    private static bool IsTrace(HttpRequest request) =>
        HttpMethods.IsTrace(request.Method) || request.Method.Equals("TRACK", StringComparison.OrdinalIgnoreCase);

    private static Task Refuse(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}

/// <summary>
/// The reverse proxies in front of this node (section <c>Proxy</c>). Only their headers are trusted
/// (<c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c>); by default none is.
/// </summary>
internal sealed class ProxyOptions
{
    /// <summary>Their addresses, for example <c>10.0.0.4</c>.</summary>
    public IList<string> KnownProxies { get; } = [];

    /// <summary>The networks they are in, for example <c>10.0.0.0/28</c>.</summary>
    public IList<string> KnownNetworks { get; } = [];

    /// <summary>
    /// The host names this node answers to, for example <c>auth.exemple.fr</c>; requests to others are answered 400. Empty accepts every
    /// name, which is meant for a sandbox.
    /// </summary>
    public IList<string> AllowedHosts { get; } = [];

    internal bool IsBehindProxy => KnownProxies.Count > 0 || KnownNetworks.Count > 0;
}

/// <summary>Refuses to start with a malformed address, or with a setting of ASP.NET Core that trusts every sender.</summary>
internal sealed class ValidateProxyOptions(IConfiguration configuration) : IValidateOptions<ProxyOptions>
{
    public ValidateOptionsResult Validate(string? name, ProxyOptions options)
    {
        List<string> failures =
        [
            .. options.KnownProxies.Where(p => !IPAddress.TryParse(p, out _)).Select(p => $"Proxy:KnownProxies: '{p}' is no IP address."),
            .. options.KnownNetworks.Where(n => !IPNetwork.TryParse(n, out _)).Select(n => $"Proxy:KnownNetworks: '{n}' is no network such as 10.0.0.0/28."),
            .. options.KnownNetworks.Where(n => IPNetwork.TryParse(n, out var network) && network.PrefixLength == 0)
                .Select(n => $"Proxy:KnownNetworks: '{n}' is the whole Internet, and everybody could name any address."),
            .. options.AllowedHosts.Where(h => Uri.CheckHostName(h) == UriHostNameType.Unknown)
                .Select(h => $"Proxy:AllowedHosts: '{h}' is no host name (without scheme and port)."),
        ];

        // ASPNETCORE_FORWARDEDHEADERS_ENABLED would let every sender choose its address.
        if (configuration.GetValue<bool>("FORWARDEDHEADERS_ENABLED"))
            failures.Add("ASPNETCORE_FORWARDEDHEADERS_ENABLED believes every sender: remove it and name your proxies in Proxy:KnownProxies.");

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}

/// <summary>Tags of health checks.</summary>
internal static class HealthTags
{
    /// <summary>The check decides whether the node is ready (<c>/health/ready</c>).</summary>
    public const string Ready = "ready";
}

internal static class OptionsOfCore
{
    /// <summary>
    /// Binds and validates options of Core, which takes them as plain objects: both <c>TOptions</c> and <c>IOptions&lt;TOptions&gt;</c> are
    /// registered.
    /// </summary>
    public static void AddValidatedOptions<TOptions>(this IServiceCollection services, string section) where TOptions : class
    {
        services.AddOptionsWithValidateOnStart<TOptions>().BindConfiguration(section).ValidateDataAnnotations();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<TOptions>>().Value);
    }
}
