namespace ProSanteConnect.Core.Authenticators;

/// <summary>The server's half of a WebAuthn ceremony, kept between the challenge and its answer.</summary>
public sealed class Ceremony
{
    public required Guid Id { get; init; }
    public required CeremonyPurpose Purpose { get; init; }

    /// <summary>The activation or the e-CPS that the challenge was given to.</summary>
    public required Guid Subject { get; init; }

    /// <summary>The state of the ceremony and what it is bound to, sealed under a key of this row alone.</summary>
    public required byte[] SealedState { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}
