using System.Diagnostics;

namespace ProSanteConnect.Core.Authenticators;

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
