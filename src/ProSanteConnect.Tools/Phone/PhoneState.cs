using System.Text.Json.Serialization;
using ProSanteConnect.Core.Enrolment;

namespace ProSanteConnect.Tools.Phone;

/// <summary>What a phone keeps from one moment to the next.</summary>
/// <param name="Origin">The address of the application; the phone's key is good for no other.</param>
public sealed record PhoneState(Uri Origin)
{
    /// <summary>When a QR code was last asked for by mail, until one is scanned.</summary>
    public DateTimeOffset? MailRequestedAt { get; init; }

    /// <summary>The activation that this phone has begun.</summary>
    public RunningActivation? Activation { get; init; }

    /// <summary>What the last activation left, whether its e-CPS is still active or not.</summary>
    public EnrolledPhone? Phone { get; init; }

    [JsonIgnore]
    public string? DeviceToken => Phone?.DeviceToken;

    public override string ToString() => $"{nameof(PhoneState)}({Origin})";
}

/// <summary>An activation between the QR code and the PIN.</summary>
public sealed record RunningActivation(ActivationMode Mode, string Holder, string PairingToken, int Interval)
{
    public string? PairingCode { get; init; }

    public DateTimeOffset? CodeExpiresAt { get; init; }

    public string? MaskedPhone { get; init; }

    /// <summary>There once the code was right.</summary>
    public string? EnrolmentToken { get; init; }

    /// <summary>What speaks for the activation now.</summary>
    [JsonIgnore]
    public string Token => EnrolmentToken ?? PairingToken;

    public static RunningActivation Of(Pairing pairing, DateTimeOffset now) =>
        new(pairing.ActivationMode, pairing.Holder, pairing.AccessToken, pairing.Interval)
        {
            PairingCode = pairing.PairingCode,
            CodeExpiresAt = pairing.CodeExpiresIn is { } seconds ? now.AddSeconds(seconds) : null,
            MaskedPhone = pairing.MaskedPhone,
        };

    public override string ToString() => $"{nameof(RunningActivation)}({Mode})";
}

/// <summary>A phone that an e-CPS was activated on. Its token was last new at <c>RotatedAt</c>.</summary>
public sealed record EnrolledPhone(
    string ECpsId, string Holder, string NationalId, string DeviceToken, DateTimeOffset DeviceTokenExpiresAt, DateTimeOffset RotatedAt, PhoneKey Key)
{
    public override string ToString() => $"{nameof(EnrolledPhone)}({ECpsId})";
}
