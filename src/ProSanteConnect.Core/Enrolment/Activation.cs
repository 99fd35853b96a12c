using ProSanteConnect.Core.Devices;
using ProSanteConnect.Core.Security;

namespace ProSanteConnect.Core.Enrolment;

/// <summary>One attempt to make a phone an e-CPS, from the QR code to the key and the PIN. README.md beside this file draws its life.</summary>
public sealed class Activation
{
    public required Guid Id { get; init; }
    public required ActivationMode Mode { get; init; }
    public required long PractitionerId { get; init; }

    /// <summary>The card session that opened it; null for contact details.</summary>
    public Guid? SessionId { get; init; }

    /// <summary>The number of the card, whose digits are no PIN; null for contact details.</summary>
    public string? CardNumber { get; init; }

    public ActivationStatus Status { get; private set; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it is over unless its next step comes: each step sets the time of the next one.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>SHA-256 of the secret in the QR code.</summary>
    public required byte[] QrCodeHash { get; init; }

    /// <summary>SHA-256 of the token of the phone that presented the QR code.</summary>
    public byte[]? PairingTokenHash { get; private set; }

    /// <summary>SHA-256 of the token with which the phone registers its key, once the code was right.</summary>
    public byte[]? EnrolmentTokenHash { get; private set; }

    /// <summary>The phone in its owner's words.</summary>
    public string DeviceName { get; private set; } = "";

    /// <summary>The code of six digits as <see cref="ActivationCode"/> keeps it.</summary>
    public byte[]? CodeMac { get; private set; }

    public DateTimeOffset? CodeExpiresAt { get; private set; }

    /// <summary>How many tries of the present code were begun.</summary>
    public int CodeTries { get; private set; }

    /// <summary>How many SMS were sent, and when the last one.</summary>
    public int CodeSends { get; private set; }

    public DateTimeOffset? CodeSentAt { get; private set; }

    /// <summary>The pace of the phone's questions, and when the next one is welcome (RFC 8628, section 3.5).</summary>
    public required int PollSeconds { get; init; }

    public DateTimeOffset? NextPollAt { get; private set; }
    public DateTimeOffset? ScannedAt { get; private set; }

    /// <summary>The e-CPS that came of it.</summary>
    public Guid? ECpsId { get; private set; }

    public bool IsOverAt(DateTimeOffset now) =>
        Status is ActivationStatus.Completed or ActivationStatus.Cancelled || now >= ExpiresAt;

    /// <summary>Whether a token is the one of this phone at this step.</summary>
    public bool IsPairingToken(string token) => SecretToken.Matches(token, PairingTokenHash);
}
