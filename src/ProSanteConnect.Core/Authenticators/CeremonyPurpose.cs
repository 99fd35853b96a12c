namespace ProSanteConnect.Core.Authenticators;

/// <summary>What a WebAuthn challenge was made for; its answer is good for nothing else.</summary>
public enum CeremonyPurpose
{
    /// <summary>Registers the phone's key; the subject is the activation.</summary>
    Enrol,

    /// <summary>Approves a sign-in; the subject is the e-CPS, the bound text names request and number.</summary>
    Approve,

    Delete,
    ForgottenPin,
    Renew,
}
