namespace ProSanteConnect.Server.Devices.Grants;

/// <summary>The answer to a QR code: the phone belongs to the activation.</summary>
/// <param name="AccessToken">The pairing token.</param>
/// <param name="ExpiresIn">Seconds until the next step must have come.</param>
/// <param name="ActivationMode"><c>card</c> or <c>contact_details</c>.</param>
/// <param name="Holder">Whose activation it is.</param>
internal sealed record PairingAnswer(string AccessToken, long ExpiresIn, string ActivationMode, string Holder)
{
    public string TokenType { get; } = "Bearer";

    /// <summary>To be shown on the phone and typed on the computer (A8, A9); only for a card.</summary>
    public string? PairingCode { get; init; }

    public long? CodeExpiresIn { get; init; }

    /// <summary>How many seconds to wait between two questions whether the code was typed.</summary>
    public int Interval { get; init; }

    /// <summary>Where an SMS would go; only for contact details.</summary>
    public string? MaskedPhone { get; init; }
}

/// <summary>The answer to a right code.</summary>
/// <param name="AccessToken">The enrolment token.</param>
/// <param name="ExpiresIn">Seconds in which key and PIN must be registered.</param>
internal sealed record EnrolmentTokenAnswer(string AccessToken, long ExpiresIn)
{
    public string TokenType { get; } = "Bearer";
}

/// <summary>RFC 6749, 5.2, with the tries that are left.</summary>
internal sealed record WrongCodeAnswer(string Error, string ErrorDescription, int AttemptsLeft);
