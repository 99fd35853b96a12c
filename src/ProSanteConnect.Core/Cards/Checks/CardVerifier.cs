using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ProSanteConnect.Core.Cards.Revocation;
using ProSanteConnect.Core.Practitioners;

namespace ProSanteConnect.Core.Cards.Checks;

/// <summary>
/// Turns an <see cref="UnverifiedCertificate"/> into a <see cref="VerifiedCard"/>, or returns the reason for its refusal.
/// Possession of the private key is not checked here: the TLS handshake has proved it.
/// </summary>
public sealed class CardVerifier(
    TrustedAuthorities authorities, CardOptions options, RevocationAddresses addresses, IRevocationCheck revocation)
{
    // Runs before the signature is verified: it can only refuse, and "test card" is more useful to the holder than "unknown".
    private readonly TestCardCheck _testCard = new(options);

    // The first failing check determines the reason shown to the holder.
    private readonly ICardCheck[] _checks =
    [
        new StrengthCheck(),
        new ValidityCheck(),
        new KeyUsageCheck(),
        new ExtendedKeyUsageCheck(),
        new ProductCheck(),
        new PolicyCheck(options),
        new IdentityCheck(),
    ];

    /// <summary>Verifies the certificate that the browser presented; null when it presented none.</summary>
    public async Task<CardVerification> VerifyAsync(UnverifiedCertificate? presented, DateTimeOffset now, CancellationToken ct)
    {
        if (presented is null) return new CardVerification.Refused(CardRefusal.NoCard);

        try
        {
            return await JudgeAsync(new PresentedCard(presented.Certificate, CpxCertificate.Read(presented)), now, ct);
        }
        catch (CryptographicException)
        {
            // An extension that cannot be decoded makes the card unreadable; it is not an internal error.
            return new CardVerification.Refused(CardRefusal.Unknown, Flaw: CardFlaw.Unreadable);
        }
    }

    private async Task<CardVerification> JudgeAsync(PresentedCard card, DateTimeOffset now, CancellationToken ct)
    {
        if (_testCard.Judge(card, now) is { } test) return test;

        if (authorities.PathOf(card.Certificate, now) is not { } path)
            return new CardVerification.Refused(CardRefusal.Unknown, Flaw: CardFlaw.Authority);

        foreach (var check in _checks)
        {
            if (check.Judge(card, now) is { } refusal) return refusal;
        }

        return await AskForRevocationAsync(card, path, now, ct);
    }

    private async Task<CardVerification> AskForRevocationAsync(
        PresentedCard card, IReadOnlyList<Authority> path, DateTimeOffset now, CancellationToken ct)
    {
        var id = path[0].Issued(card.Certificate);
        var isChecked = true;
        foreach (var (certificate, isCard) in Questions(id, path))
        {
            switch (await revocation.CheckAsync(certificate, now, ct))
            {
                case RevocationAnswer.Good:
                    break;
                case RevocationAnswer.Revoked(var since) when isCard:
                    return new CardVerification.Refused(CardRefusal.Revoked, since);
                case RevocationAnswer.Revoked:
                    return new CardVerification.Refused(CardRefusal.Unknown, Flaw: CardFlaw.AuthorityRevoked);
                case RevocationAnswer.Unknown when options.RevocationPolicy == RevocationPolicy.DangerouslyAcceptUnchecked:
                    isChecked = false;
                    break;
                case RevocationAnswer.Unknown:
                    return new CardVerification.Refused(CardRefusal.RevocationUnknown);
                case var other:
                    throw new UnreachableException($"Answer {other}");
            }
        }

        return new CardVerification.Verified(Card(card, id, isChecked));
    }

    // Configured authorities are trusted; one is checked for revocation only when a source for its issuer is configured.
    private IEnumerable<(CertificateId Certificate, bool IsCard)> Questions(CertificateId card, IReadOnlyList<Authority> path)
    {
        yield return (card, true);
        for (var i = 0; i < path.Count - 1; i++)
        {
            var issuer = path[i + 1];
            if (addresses.Of(issuer) is not null) yield return (issuer.Issued(path[i].Certificate), false);
        }
    }

    private static VerifiedCard Card(PresentedCard card, CertificateId id, bool isRevocationChecked)
    {
        var says = card.Says;
        if (!NationalId.TryParse(says.ClaimedNationalId, out var nationalId) || says is not { Kind: { } kind, CardNumber: { } number })
            throw new UnreachableException($"A card passed {nameof(IdentityCheck)} without an identity.");

        var notAfter = new DateTimeOffset(card.Certificate.NotAfter).ToUniversalTime();
        return new VerifiedCard(nationalId, kind, number, says, notAfter, id, isRevocationChecked);
    }
}

/// <summary>A certificate under verification, with its content.</summary>
internal sealed record PresentedCard(X509Certificate2 Certificate, CpxCertificate Says);
