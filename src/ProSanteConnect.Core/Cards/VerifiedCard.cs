using ProSanteConnect.Core.Practitioners;

namespace ProSanteConnect.Core.Cards;

/// <summary>A card that passed every check; only the <see cref="Checks.CardVerifier"/> makes one.</summary>
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

    /// <summary>The number of the card's issuer, a slash, the number of the card (gipCardID); at most 40 characters.</summary>
    public string CardNumber { get; }

    public string FamilyName { get; }
    public string GivenName { get; }
    public bool IsTestCard { get; }

    /// <summary>The end of the certificate; no session outlives it.</summary>
    public DateTimeOffset NotAfter { get; }

    /// <summary>To ask again later whether the card was revoked.</summary>
    public CertificateId CertificateId { get; }

    /// <summary>
    /// False only when nobody could say whether the card was revoked and the operator chose
    /// <see cref="RevocationPolicy.DangerouslyAcceptUnchecked"/>; the journal should say so.
    /// </summary>
    public bool IsRevocationChecked { get; }

    public override string ToString() => "VerifiedCard(***)";
}
