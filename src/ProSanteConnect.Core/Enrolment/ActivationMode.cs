namespace ProSanteConnect.Core.Enrolment;

/// <summary>How the holder of an activation proves who they are.</summary>
public enum ActivationMode
{
    /// <summary>By a card on the computer (A1–A10).</summary>
    Card,

    /// <summary>By the mail address and the telephone number that the directory holds (B1–B9).</summary>
    ContactDetails,
}
