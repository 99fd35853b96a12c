using System.Diagnostics;

namespace ProSanteConnect.Core.Cards;

/// <summary>The result of verifying a card.</summary>
public abstract record CardVerification
{
    private CardVerification()
    {
    }

    public sealed record Verified(VerifiedCard Card) : CardVerification;

    /// <param name="Reason">The reason shown to the holder.</param>
    /// <param name="When">The instant that belongs to the reason: expiry, start of validity or revocation.</param>
    /// <param name="Flaw">The check that failed, where one reason covers several checks.</param>
    public sealed record Refused(CardRefusal Reason, DateTimeOffset? When = null, CardFlaw? Flaw = null) : CardVerification
    {
        /// <summary>For the journal: the code of the reason, then a slash and the code of the flaw if there is one.</summary>
        public string JournalDetail => Flaw is { } flaw ? $"{Reason.Code()}/{flaw.Code()}" : Reason.Code();
    }
}

/// <summary>Why a card is refused, as shown to the holder (screens C3).</summary>
public enum CardRefusal
{
    /// <summary>The browser presented no certificate.</summary>
    NoCard,

    Expired,
    NotYetValid,
    Revoked,

    /// <summary>A certificate from a trusted authority, but not the authentication certificate of a card.</summary>
    WrongCertificate,

    /// <summary>The issuer is not trusted, or the key or signature is too weak.</summary>
    Unknown,

    TestCardRefused,

    /// <summary>The card is valid, but the directory does not list its holder. Set by the caller, which knows the directory.</summary>
    NotInDirectory,

    /// <summary>No source could answer the revocation check.</summary>
    RevocationUnknown,
}

public static class CardRefusalCodes
{
    /// <summary>The code in the error catalogue (docs/errors.md) and in the journal. Its meaning never changes.</summary>
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

/// <summary>The check that a certificate failed, for the operator who reads the journal. The holder does not see it.</summary>
public enum CardFlaw
{
    /// <summary>No path leads to a trusted authority.</summary>
    Authority,

    /// <summary>An authority on the path is revoked.</summary>
    AuthorityRevoked,

    /// <summary>RSA below 2048 bits, or an elliptic curve below 256.</summary>
    WeakKey,

    /// <summary>MD5, SHA-1 or another algorithm that is not in the list of accepted ones.</summary>
    WeakSignature,

    /// <summary>No digitalSignature, or a CA certificate.</summary>
    KeyUsage,

    /// <summary>No clientAuth.</summary>
    ExtendedKeyUsage,

    /// <summary>None of the configured policies.</summary>
    Policy,

    /// <summary>A software certificate, a security module, or no product category.</summary>
    Product,

    /// <summary>The card type, the card number or the person is missing or ambiguous.</summary>
    Identity,

    /// <summary>An extension cannot be decoded.</summary>
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
