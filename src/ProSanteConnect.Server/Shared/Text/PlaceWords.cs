using System.Net;

namespace ProSanteConnect.Server.Shared.Text;

/// <summary>A network address as people read it: the loopback address, which nobody knows, in words.</summary>
internal static class PlaceWords
{
    public static string Of(string address) =>
        IPAddress.TryParse(address, out var parsed) && IPAddress.IsLoopback(parsed) ? SharedTexts.ThisComputer : address;
}
