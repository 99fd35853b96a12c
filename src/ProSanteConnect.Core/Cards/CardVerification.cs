using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ProSanteConnect.Core.Practitioners;

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

/// <summary>
/// A certificate as presented, not yet verified. Certificates are public: one identifies nobody until the TLS handshake has
/// proved possession of its key and <see cref="Checks.CardVerifier"/> has accepted it.
/// </summary>
public sealed class UnverifiedCertificate(X509Certificate2 certificate)
{
    internal X509Certificate2 Certificate { get; } = certificate;

    /// <summary>Reads the DER bytes that a proxy forwarded; false when they are not a certificate.</summary>
    public static bool TryRead(ReadOnlySpan<byte> der, [NotNullWhen(true)] out UnverifiedCertificate? certificate)
    {
        certificate = null;
        try
        {
            certificate = new UnverifiedCertificate(X509CertificateLoader.LoadCertificate(der));
        }
        catch (CryptographicException)
        {
            // The bytes come from outside, so malformed input is an expected result.
        }

        return certificate is not null;
    }

    public override string ToString() => "UnverifiedCertificate(***)";
}

/// <summary>A card that passed every check. Only <see cref="Checks.CardVerifier"/> creates one.</summary>
public sealed class VerifiedCard
{
    internal VerifiedCard(
        NationalId nationalId, CpxKind kind, string cardNumber, CpxCertificate says, DateTimeOffset notAfter,
        CertificateId certificateId, bool isRevocationChecked)
    {
        NationalId = nationalId;
        Kind = kind;
        CardNumber = cardNumber;
        FamilyName = says.FamilyName ?? "";
        GivenName = says.GivenName ?? "";
        IsTestCard = says.IsTest;
        NotAfter = notAfter;
        CertificateId = certificateId;
        IsRevocationChecked = isRevocationChecked;
    }

    public NationalId NationalId { get; }
    public CpxKind Kind { get; }

    /// <summary>The issuer's number, a slash and the card's number (gipCardID); at most 40 characters.</summary>
    public string CardNumber { get; }

    public string FamilyName { get; }
    public string GivenName { get; }
    public bool IsTestCard { get; }

    /// <summary>The end of the certificate's validity. No session outlives it.</summary>
    public DateTimeOffset NotAfter { get; }

    /// <summary>Allows a later revocation check of the same card.</summary>
    public CertificateId CertificateId { get; }

    /// <summary>
    /// False only when no source could answer the revocation check and the operator chose
    /// <see cref="RevocationPolicy.DangerouslyAcceptUnchecked"/>. The journal records it.
    /// </summary>
    public bool IsRevocationChecked { get; }

    public override string ToString() => "VerifiedCard(***)";
}
