namespace ProSanteConnect.Server.Enrolment;

/// <summary>Where an activation stands for its page on the computer.</summary>
internal enum ActivationStep
{
    /// <summary>None is on its way.</summary>
    None,

    /// <summary>The QR code is shown; the phone has not read one yet.</summary>
    Scan,

    /// <summary>The phone shows a code, which is to be typed here.</summary>
    Code,

    /// <summary>The phone asks for the PIN.</summary>
    Pin,

    Done,

    /// <summary>The last code that could be tried was wrong.</summary>
    NoTryLeft,

    /// <summary>The code was not typed in time.</summary>
    CodeLate,

    /// <summary>The PIN was not chosen in time.</summary>
    PinLate,

    Cancelled,
}

internal static class ActivationSteps
{
    /// <summary>As addresses and scripts spell it.</summary>
    public static string Slug(this ActivationStep step) => step switch
    {
        ActivationStep.Scan => "scan",
        ActivationStep.Code => "code",
        ActivationStep.Pin => "pin",
        ActivationStep.Done => "done",
        ActivationStep.NoTryLeft => "no-try-left",
        ActivationStep.CodeLate => "code-late",
        ActivationStep.PinLate => "pin-late",
        ActivationStep.Cancelled => "cancelled",
        _ => "none",
    };

    /// <summary>Why an activation was not finished and what to do next, in the words of a practitioner; null for what has not ended so.</summary>
    public static string? EndOf(ActivationStep step) => step switch
    {
        ActivationStep.NoTryLeft => EnrolmentTexts.EndedNoTryLeft,
        ActivationStep.CodeLate => EnrolmentTexts.EndedCodeLate,
        ActivationStep.PinLate => EnrolmentTexts.EndedPinLate,
        ActivationStep.Cancelled => EnrolmentTexts.EndedCancelled,
        _ => null,
    };

    /// <summary>Whether the page shows a step of an activation, and not the way to begin one.</summary>
    public static bool IsOnItsWay(this ActivationStep step) => step is ActivationStep.Scan or ActivationStep.Code or ActivationStep.Pin;
}
