using ProSanteConnect.Core.Practitioners;

namespace ProSanteConnect.Core.Cards;

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
