using System.Net;
using System.Net.Sockets;

namespace ProSanteConnect.Server.Shared.RateLimits;

/// <summary>What a limit by address is counted for.</summary>
internal static class ClientNetwork
{
    private const int PrefixBytes = 8;

    /// <summary>An IPv4 address by itself; of an IPv6 address the first 64 bits, because one subscriber has all the others.</summary>
    public static string Of(string address)
    {
        if (!IPAddress.TryParse(address, out var parsed) || parsed.AddressFamily != AddressFamily.InterNetworkV6) return address;

        var bytes = parsed.GetAddressBytes();
        bytes.AsSpan(PrefixBytes).Clear();
        return $"{new IPAddress(bytes)}/64";
    }
}
