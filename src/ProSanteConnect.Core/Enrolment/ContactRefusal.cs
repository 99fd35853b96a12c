namespace ProSanteConnect.Core.Enrolment;

/// <summary>Why no mail goes out, for the journal alone: the caller answers the same as ever.</summary>
public enum ContactRefusal
{
    UnknownHolder,

    /// <summary>ADELI and other identifiers: they activate by card.</summary>
    NotRpps,

    /// <summary>The directory lacks the mail address or the telephone number, or holds one that nothing can be sent to.</summary>
    NoContactDetails,

    /// <summary>A professional mailbox is opened with what is being activated here.</summary>
    MssanteAddress,

    TooManyRequests,
}
