namespace ProSanteConnect.Core.Authenticators;

/// <summary>What came of fetching the server's half of a ceremony.</summary>
public abstract record RedeemCeremonyResult
{
    private RedeemCeremonyResult() { }

    /// <param name="Purpose">What the challenge was made for.</param>
    /// <param name="State">The text that the WebAuthn library asked to keep.</param>
    /// <param name="Bound">What the challenge commits to, as it was told when it was made.</param>
    public sealed record Redeemed(CeremonyPurpose Purpose, string State, string Bound) : RedeemCeremonyResult;

    /// <summary>Another subject's, another purpose, too late, or fetched before.</summary>
    public sealed record Unknown : RedeemCeremonyResult;
}
