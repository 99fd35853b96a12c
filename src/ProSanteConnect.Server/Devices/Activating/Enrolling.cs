using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Authenticators;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Enrolment;
using ProSanteConnect.Core.SignIn;
using ProSanteConnect.Server.Devices.Api;
using ProSanteConnect.Server.Devices.Passkeys;

namespace ProSanteConnect.Server.Devices.Activating;

/// <summary>Registers what the phone made and its holder chose.</summary>
internal sealed class Enrolling(PscDb db, ECpsRegister register, DeviceKeys keys)
{
    private const int NameLength = 60;
    private const int VersionLength = 40;

    /// <summary>What came of it; null when the key does not hold.</summary>
    public async Task<ActivateResult?> EnrolAsync(Activation activation, Enrolment sent, BrowserOrigin phone, DateTimeOffset now, CancellationToken ct)
    {
        // The PIN comes first: who must choose another keeps the key that the phone has made.
        var holder = await db.Practitioners.AsNoTracking().SingleAsync(p => p.Id == activation.PractitionerId, ct);
        switch (register.CheckPin(activation, holder, sent.Pin))
        {
            case PinPolicyResult.Malformed: return new ActivateResult.PinMalformed();
            case PinPolicyResult.TooSimple: return new ActivateResult.PinTooSimple();
        }

        if (await keys.FinishEnrolmentAsync(activation, sent.Ceremony, sent.Credential, ct) is not { } key) return null;

        var device = key with
        {
            DeviceName = PlainText.Of(sent.DeviceName, NameLength) is { Length: > 0 } name ? name : DeviceTexts.UnnamedPhone,
            OperatingSystem = PlainText.Of(sent.OperatingSystem, NameLength),
            AppVersion = PlainText.Of(sent.AppVersion, VersionLength),
            ConditionsVersion = PlainText.Of(sent.ConditionsVersion, VersionLength),
        };
        return await register.ActivateAsync(activation, device, sent.Pin, phone, now, ct);
    }
}
