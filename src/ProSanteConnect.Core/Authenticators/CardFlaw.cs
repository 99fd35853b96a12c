using System.Diagnostics;

namespace ProSanteConnect.Core.Authenticators;

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
