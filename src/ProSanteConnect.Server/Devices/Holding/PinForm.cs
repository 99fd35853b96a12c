using System.Diagnostics.CodeAnalysis;
using ProSanteConnect.Core.Authenticators;

namespace ProSanteConnect.Server.Devices.Holding;

internal static class PinForm
{
    /// <summary>Whether a text could be a PIN at all: what is no PIN costs no try.</summary>
    public static bool IsPin([NotNullWhen(true)] string? pin, ECps eCps) =>
        pin is not null && pin.Length == eCps.PinLength && pin.All(char.IsAsciiDigit);
}
