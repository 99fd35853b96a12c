using System.Diagnostics;
using ProSanteConnect.Core.Enrolment;
using ProSanteConnect.Core.SignIn;

namespace ProSanteConnect.Server.Devices.Api;

/// <summary>The words of the API for what has names of its own inside; a word never changes its meaning.</summary>
internal static class Codes
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

    public static string Code(this ApprovalOutcome outcome) => outcome switch
    {
        ApprovalOutcome.Pending => "pending",
        ApprovalOutcome.Approved => "approved",
        ApprovalOutcome.Denied => "denied",
        ApprovalOutcome.Expired => "expired",
        ApprovalOutcome.WrongNumber => "wrong-number",
        ApprovalOutcome.Cancelled => "cancelled",
        ApprovalOutcome.Replaced => "replaced",
        _ => throw new UnreachableException($"Outcome {outcome}"),
    };
}
