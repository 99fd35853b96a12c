using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace ProSanteConnect.Server.Shared.Hosting;

/// <summary>What stands between the network and the first feature: whose word counts for the client's address, and for which names we answer.</summary>
internal static class HostingFeature
{
    public static IServiceCollection AddHosting(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<ProxyOptions>, ValidateProxyOptions>();
        services.AddOptionsWithValidateOnStart<ProxyOptions>().BindConfiguration("Proxy");
        services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<ProxyOptions>>((forwarded, proxy) => Believe(forwarded, proxy.Value));
        return services;
    }

    /// <summary>Right after the failure answers, before anything reads the client's address, the scheme or the host.</summary>
    public static IApplicationBuilder UseHosting(this IApplicationBuilder app)
    {
        var proxy = app.ApplicationServices.GetRequiredService<IOptions<ProxyOptions>>().Value;

        // The middleware believes everybody when nobody is known: it is there only with a proxy.
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
        // Not X-Forwarded-Host: a proxy passes the host name on as it is.
        forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        forwarded.ForwardLimit = null;
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var address in proxy.KnownProxies) forwarded.KnownProxies.Add(IPAddress.Parse(address));
        foreach (var network in proxy.KnownNetworks) forwarded.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(network));
    }

    // A load balancer probes the node by its address.
    private static bool IsForUs(HttpRequest request, List<StringSegment> hosts) =>
        hosts.Count == 0
        || request.Path.StartsWithSegments("/health")
        || request.Path.StartsWithSegments("/metrics")
        || (request.Host.HasValue && HostString.MatchesAny(request.Host.Host, hosts));

    // ASVS 13.4.4: a method that plays a request back, cookies included.
    private static bool IsTrace(HttpRequest request) =>
        HttpMethods.IsTrace(request.Method) || request.Method.Equals("TRACK", StringComparison.OrdinalIgnoreCase);

    private static Task Refuse(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
