using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Core.SignIn;

namespace ProSanteConnect.Core.Enrolment;

/// <summary>What came of presenting a QR code; of any number of phones one is paired.</summary>
public abstract record ScanResult
{
    private ScanResult() { }

    /// <param name="Activation">The activation, as it is now.</param>
    /// <param name="Holder">Whose it is.</param>
    /// <param name="PairingToken">By which the phone goes on.</param>
    /// <param name="PairingCode">To be shown on the phone and typed on the computer; null for contact details.</param>
    public sealed record Paired(Activation Activation, Practitioner Holder, SecretToken PairingToken, ActivationCode? PairingCode) : ScanResult;

    public sealed record Expired : ScanResult;

    /// <summary>No QR code of ours, or one that was used.</summary>
    public sealed record Unknown : ScanResult;
}
