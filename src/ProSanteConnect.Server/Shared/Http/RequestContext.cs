using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using ProSanteConnect.Core.Security;
using ProSanteConnect.Server.Shared.Text;

namespace ProSanteConnect.Server.Shared.Http;

/// <summary>The client of a request, as stored in the journal and in sessions.</summary>
internal static class RequestContext
{
    public static ClientContext ClientContext(this HttpContext context)
    {
        var userAgent = context.Request.Headers.UserAgent.ToString();
        return new ClientContext(context.ClientAddress(), BrowserName.Of(userAgent), SHA256.HashData(Encoding.UTF8.GetBytes(userAgent)));
    }

    /// <summary>Whether the browser says that it runs on a phone, where a card reader is rare; for the order of the page only.</summary>
    public static bool IsPhone(this HttpRequest request) =>
        request.Headers["Sec-CH-UA-Mobile"] == "?1" || request.Headers.UserAgent.ToString().Contains("Mobile", StringComparison.Ordinal);

    /// <summary>
    /// The client's address: that of the connection, or the one that a trusted proxy forwards (section <c>Proxy</c>). Empty
    /// where there is no network, as in a test host.
    /// </summary>
    public static string ClientAddress(this HttpContext context) => context.Connection.RemoteIpAddress switch
    {
        null => "",
        { IsIPv4MappedToIPv6: true } mapped => mapped.MapToIPv4().ToString(),
        // A scope such as %eth0 names a network interface of this node.
        { AddressFamily: AddressFamily.InterNetworkV6, ScopeId: not 0 } scoped => new IPAddress(scoped.GetAddressBytes()).ToString(),
        var address => address.ToString(),
    };
}
