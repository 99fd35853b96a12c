namespace ProSanteConnect.Core.Authenticators;

/// <summary>What the checks of a card came to.</summary>
public abstract record CardVerification
{
    private CardVerification()
    {
    }

    public sealed record Verified(VerifiedCard Card) : CardVerification;

    /// <param name="Reason">What the holder is told.</param>
    /// <param name="When">The instant that goes with it: when it expired, begins, or was revoked.</param>
    /// <param name="Flaw">Which question failed, where one reason covers several.</param>
    public sealed record Refused(CardRefusal Reason, DateTimeOffset? When = null, CardFlaw? Flaw = null) : CardVerification
    {
        /// <summary>For the journal: the reason's code, and the flaw's behind a slash.</summary>
        public string JournalDetail => Flaw is { } flaw ? $"{Reason.Code()}/{flaw.Code()}" : Reason.Code();
    }
}
