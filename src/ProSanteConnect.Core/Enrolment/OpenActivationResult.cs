using ProSanteConnect.Core.SignIn;

namespace ProSanteConnect.Core.Enrolment;

/// <summary>What came of opening an activation, or of renewing its QR code.</summary>
public abstract record OpenActivationResult
{
    private OpenActivationResult() { }

    /// <param name="Activation">The activation.</param>
    /// <param name="QrCode">The secret of the QR code, which is not kept.</param>
    public sealed record Opened(Activation Activation, SecretToken QrCode) : OpenActivationResult;

    /// <summary>The card session has paired as many phones as it may: another sign-in by card is needed.</summary>
    public sealed record TooManyPairings : OpenActivationResult;

    /// <summary>A phone has scanned it, it was cancelled, or its time is over; or it is another session's.</summary>
    public sealed record Over : OpenActivationResult;

    /// <summary>Told to nobody but the journal.</summary>
    public sealed record Refused(ContactRefusal Reason) : OpenActivationResult;
}
