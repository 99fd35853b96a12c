using System.Net;
using Microsoft.Extensions.Options;

namespace ProSanteConnect.Server.Shared.Hosting;

/// <summary>
/// The reverse proxies in front of this node (section <c>Proxy</c>). Only what they forward is believed
/// (<c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c>); without any, nobody is.
/// </summary>
internal sealed class ProxyOptions
{
    /// <summary>Their addresses, for example <c>10.0.0.4</c>.</summary>
    public IList<string> KnownProxies { get; } = [];

    /// <summary>The networks they are in, for example <c>10.0.0.0/28</c>.</summary>
    public IList<string> KnownNetworks { get; } = [];

    /// <summary>
    /// The host names this node answers to, for example <c>auth.exemple.fr</c>; others are answered 400. Empty lets every
    /// name in, which is for a sandbox.
    /// </summary>
    public IList<string> AllowedHosts { get; } = [];

    internal bool IsBehindProxy => KnownProxies.Count > 0 || KnownNetworks.Count > 0;
}

/// <summary>Refuses to start with an address that is none, or with a setting of ASP.NET Core that believes every sender.</summary>
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
