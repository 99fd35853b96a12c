using ProSanteConnect.Core.Practitioners;

namespace ProSanteConnect.Core.Enrolment;

/// <summary>What a QR code is, before anything is done with it.</summary>
public abstract record InspectQrCodeResult
{
    private InspectQrCodeResult() { }

    public sealed record Scannable(Activation Activation, Practitioner Holder) : InspectQrCodeResult;

    /// <summary>Whoever holds a code may learn that it is over.</summary>
    public sealed record Over : InspectQrCodeResult;

    public sealed record Unknown : InspectQrCodeResult;
}
