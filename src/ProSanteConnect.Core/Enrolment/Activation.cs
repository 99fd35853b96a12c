using ProSanteConnect.Core.Devices;
using ProSanteConnect.Core.Security;

namespace ProSanteConnect.Core.Enrolment;

/// <summary>One attempt to make a phone an e-CPS, from the QR code to the key and the PIN. See README.md in this folder.</summary>
public sealed class Activation
{
    public required Guid Id { get; init; }
    public required ActivationMode Mode { get; init; }
    public required long PractitionerId { get; init; }

    /// <summary>The card session that opened it; null for contact details.</summary>
    public Guid? SessionId { get; init; }

    /// <summary>The number of the card, whose digits the PIN must not contain; null for contact details.</summary>
    public string? CardNumber { get; init; }

    public ActivationStatus Status { get; private set; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The time by which the next step must come; each step sets it for the one after.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>SHA-256 of the secret in the QR code.</summary>
    public required byte[] QrCodeHash { get; init; }

    /// <summary>SHA-256 of the token of the phone that presented the QR code.</summary>
    public byte[]? PairingTokenHash { get; private set; }

    /// <summary>SHA-256 of the token with which the phone registers its key, once the code was right.</summary>
    public byte[]? EnrolmentTokenHash { get; private set; }

    /// <summary>The name that the holder gave to the phone.</summary>
    public string DeviceName { get; private set; } = "";

    /// <summary>The MAC of the code of six digits (<see cref="ActivationCode.MacFor"/>).</summary>
    public byte[]? CodeMac { get; private set; }

    public DateTimeOffset? CodeExpiresAt { get; private set; }

    /// <summary>The number of tries of the present code.</summary>
    public int CodeTries { get; private set; }

    /// <summary>The number of SMS that were sent, and the time of the last one.</summary>
    public int CodeSends { get; private set; }

    public DateTimeOffset? CodeSentAt { get; private set; }

    /// <summary>The polling interval of the phone, and the earliest time of its next poll (RFC 8628, section 3.5).</summary>
    public required int PollSeconds { get; init; }

    public DateTimeOffset? NextPollAt { get; private set; }
    public DateTimeOffset? ScannedAt { get; private set; }

    /// <summary>The e-CPS that it activated.</summary>
    public Guid? ECpsId { get; private set; }

    public bool IsOverAt(DateTimeOffset now) =>
        Status is ActivationStatus.Completed or ActivationStatus.Cancelled || now >= ExpiresAt;

    /// <summary>Whether a token is the pairing token, and not the enrolment token.</summary>
    public bool IsPairingToken(string token) => SecretToken.Matches(token, PairingTokenHash);
}
