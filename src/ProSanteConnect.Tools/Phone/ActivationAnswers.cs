using ProSanteConnect.Core.Enrolment;

namespace ProSanteConnect.Tools.Phone;

/// <summary>The answer to a scanned QR code: the pairing token. Times are in seconds.</summary>
public sealed record Pairing(string AccessToken, int ExpiresIn, ActivationMode ActivationMode, string Holder)
{
    /// <summary>Six digits to show, which the holder types on the computer (by card only).</summary>
    public string? PairingCode { get; init; }

    public int? CodeExpiresIn { get; init; }

    /// <summary>How long to wait between two questions whether the computer has the code.</summary>
    public int Interval { get; init; } = 2;

    /// <summary>The telephone of the directory, all but hidden (by contact details only).</summary>
    public string? MaskedPhone { get; init; }

    public override string ToString() => nameof(Pairing);
}

/// <summary>The answer to the right code: what enrols this phone. Times are in seconds.</summary>
public sealed record EnrolmentToken(string AccessToken, int ExpiresIn)
{
    public override string ToString() => nameof(EnrolmentToken);
}

/// <summary>Whose request a QR code is, before it is presented.</summary>
public sealed record Inspection(ActivationMode Mode, string Holder, DateTimeOffset ExpiresAt);

/// <summary>The identifier that a mail address and a telephone led to.</summary>
public sealed record FoundRpps(string Rpps);

/// <summary>How far the activation is: <c>scanned</c>, <c>confirmed</c>, <c>completed</c> or <c>cancelled</c>.</summary>
public sealed record ActivationProgress(ActivationMode Mode, string Status, string Holder, DateTimeOffset ExpiresAt, int PinLength)
{
    public DateTimeOffset? CodeExpiresAt { get; init; }

    public int? AttemptsLeft { get; init; }

    public int? CodeSendsLeft { get; init; }

    public DateTimeOffset? ResendAt { get; init; }

    public string? MaskedPhone { get; init; }

    /// <summary>The phone whose e-CPS this one will replace.</summary>
    public string? Replaces { get; init; }
}

/// <summary>An SMS with a code is on its way.</summary>
public sealed record SentCode(string MaskedPhone, DateTimeOffset CodeExpiresAt, DateTimeOffset ResendAt, int SendsLeft);

/// <summary>A new e-CPS, and the token that speaks for this phone.</summary>
public sealed record Enrolled(HeldECps ECps, string DeviceToken, DateTimeOffset DeviceTokenExpiresAt)
{
    public override string ToString() => $"{nameof(Enrolled)} {{ {ECps} }}";
}
