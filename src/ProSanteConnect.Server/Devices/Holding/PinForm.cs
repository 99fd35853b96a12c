using System.Diagnostics.CodeAnalysis;
using ProSanteConnect.Core.Authenticators;
using ProSanteConnect.Server.Shared;

namespace ProSanteConnect.Server.Devices.Holding;

internal static class PinForm
{
    /// <summary>Whether a text could be a PIN at all: what is no PIN costs no try.</summary>
    public static bool IsPin([NotNullWhen(true)] string? pin, ECps eCps) =>
        pin is not null && pin.Length == eCps.PinLength && pin.All(char.IsAsciiDigit);

    /// <summary>
    /// Frees a call that hashes a PIN from the general deadline: Argon2id takes its time, and waits for a free processor. Each
    /// command to the database keeps a limit of its own.
    /// </summary>
    public static void TakeTime(HttpContext http) => http.LiftDeadline();
}
