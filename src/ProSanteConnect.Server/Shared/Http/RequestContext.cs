using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using ProSanteConnect.Core.Security;
using ProSanteConnect.Server.Shared.Text;

namespace ProSanteConnect.Server.Shared.Http;

/// <summary>Where a request comes from, as the journal and the sessions keep it.</summary>
internal static class RequestContext
{
    public static ClientContext ClientContext(this HttpContext context)
    {
        var userAgent = context.Request.Headers.UserAgent.ToString();
        return new ClientContext(context.ClientAddress(), BrowserName.Of(userAgent), SHA256.HashData(Encoding.UTF8.GetBytes(userAgent)));
    }

    /// <summary>
    /// The client's address: the other end of the connection, or what a known proxy says it is (section <c>Proxy</c>). Empty
    /// where there is no network, as in a test host.
    /// </summary>
    public static string ClientAddress(this HttpContext context) => context.Connection.RemoteIpAddress switch
    {
        null => "",
        { IsIPv4MappedToIPv6: true } mapped => mapped.MapToIPv4().ToString(),
        // A scope such as %eth0 is the node's own name for its network card.
        { AddressFamily: AddressFamily.InterNetworkV6, ScopeId: not 0 } scoped => new IPAddress(scoped.GetAddressBytes()).ToString(),
        var address => address.ToString(),
    };
}
