using System.Diagnostics;
using ProSanteConnect.Core.Enrolment;

namespace ProSanteConnect.Server.Devices.Api;

/// <summary>The words of the API for what has names of its own inside; a word never changes its meaning.</summary>
internal static class ActivationCodes
{
    public static string Code(this ActivationMode mode) => mode == ActivationMode.Card ? "card" : "contact_details";

    public static string Code(this ActivationStatus status) => status switch
    {
        ActivationStatus.Opened => "opened",
        ActivationStatus.Scanned => "scanned",
        ActivationStatus.Confirmed => "confirmed",
        ActivationStatus.Completed => "completed",
        ActivationStatus.Cancelled => "cancelled",
        _ => throw new UnreachableException($"Status {status}"),
    };
}
