using System.Diagnostics;

namespace ProSanteConnect.Core.Cards;

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

/// <summary>Why a card opens nothing, as the person in front of the screen is told (screens C3).</summary>
public enum CardRefusal
{
    /// <summary>The browser presented no certificate.</summary>
    NoCard,

    Expired,
    NotYetValid,
    Revoked,

    /// <summary>A certificate of ours, but not the one that authenticates the holder of a card.</summary>
    WrongCertificate,

    /// <summary>Not issued by an authority we know, or too weak to be believed.</summary>
    Unknown,

    TestCardRefused,

    /// <summary>The card is good and the directory does not list its holder; said by whoever asks the directory.</summary>
    NotInDirectory,

    /// <summary>Nobody could say whether the card was revoked.</summary>
    RevocationUnknown,
}

public static class CardRefusalCodes
{
    /// <summary>The code of the error catalogue (docs/errors.md) and of the journal; it never changes its meaning.</summary>
    public static string Code(this CardRefusal refusal) => refusal switch
    {
        CardRefusal.NoCard => "card-absent",
        CardRefusal.Expired => "card-expired",
        CardRefusal.NotYetValid => "card-not-yet-valid",
        CardRefusal.Revoked => "card-revoked",
        CardRefusal.WrongCertificate => "card-wrong-certificate",
        CardRefusal.Unknown => "card-unknown",
        CardRefusal.TestCardRefused => "card-test-refused",
        CardRefusal.NotInDirectory => "card-not-in-directory",
        CardRefusal.RevocationUnknown => "card-revocation-unknown",
        _ => throw new UnreachableException($"Refusal {refusal}"),
    };
}

/// <summary>Which question a certificate failed, for the operator who reads the journal; the holder is told less.</summary>
public enum CardFlaw
{
    /// <summary>No path leads to a configured authority.</summary>
    Authority,

    /// <summary>An authority on the path was itself revoked.</summary>
    AuthorityRevoked,

    /// <summary>RSA under 2048 bits, or a curve under 256.</summary>
    WeakKey,

    /// <summary>MD5, SHA-1 or an algorithm that is not on our list.</summary>
    WeakSignature,

    /// <summary>No digitalSignature, or the certificate of an authority.</summary>
    KeyUsage,

    /// <summary>No clientAuth.</summary>
    ExtendedKeyUsage,

    /// <summary>No policy of the configured list.</summary>
    Policy,

    /// <summary>A software certificate, a security module, or nothing said.</summary>
    Product,

    /// <summary>No kind of card, no card number, or no person that can be read without doubt.</summary>
    Identity,

    /// <summary>The bytes cannot be read as a certificate.</summary>
    Unreadable,
}

public static class CardFlawCodes
{
    public static string Code(this CardFlaw flaw) => flaw switch
    {
        CardFlaw.Authority => "authority",
        CardFlaw.AuthorityRevoked => "authority-revoked",
        CardFlaw.WeakKey => "weak-key",
        CardFlaw.WeakSignature => "weak-signature",
        CardFlaw.KeyUsage => "key-usage",
        CardFlaw.ExtendedKeyUsage => "extended-key-usage",
        CardFlaw.Policy => "policy",
        CardFlaw.Product => "product",
        CardFlaw.Identity => "identity",
        CardFlaw.Unreadable => "unreadable",
        _ => throw new UnreachableException($"Flaw {flaw}"),
    };
}
