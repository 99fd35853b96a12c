using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using ProSanteConnect.Core.Authenticators;

namespace ProSanteConnect.Tools.Certs;

/// <summary>Makes test cards, the good ones and those with a story.</summary>
internal sealed class CardPress(TestAuthority fortPersons, TestAuthority standardPersons, TestKeys keys)
{
    private const long FirstCardNumber = 2_600_000_001;

    public TestCard Make(CardHolder holder, CardStory story, int index, DateTimeOffset now)
    {
        var issuer = holder.Kind is CpxKind.Cps or CpxKind.Cpf ? fortPersons : standardPersons;
        var signer = story == CardStory.UnknownAuthority
            ? issuer.Counterfeit(keys.ForCard(CertificateProfile.SubordinateAuthority).Value, now)
            : issuer;
        var values = ValuesOf(holder, index);

        var card = new TestCard(
            holder, story, issuer,
            authentication: Issue(signer, Told(CertificateProfile.CardAuthentication, story), values, now),
            signature: Issue(signer, Told(CertificateProfile.CardSignature, story), values, now));
        if (story == CardStory.Revoked) card.Revoke(now.AddDays(-1));
        return card;
    }

    private KeyedCertificate Issue(TestAuthority signer, CertificateProfile profile, ProfileValues values, DateTimeOffset now)
    {
        var key = keys.ForCard(profile);
        return new KeyedCertificate(signer.Issue(profile, values, new PublicKey(key.Value), now), key);
    }

    private static CertificateProfile Told(CertificateProfile profile, CardStory story) => story switch
    {
        CardStory.Expired => profile.With("valid", "-4 years, -1 month"),
        CardStory.WrongPurpose => profile.With("extendedKeyUsage", "1.3.6.1.5.5.7.3.1"),
        CardStory.Ordinary or CardStory.Revoked or CardStory.UnknownAuthority
            or CardStory.SignatureOnly or CardStory.NotInDirectory => profile,
        _ => throw new UnreachableException($"Story {story}"),
    };

    internal static ProfileValues ValuesOf(CardHolder holder, int index) => new(
        ("national-id", holder.NationalId),
        ("family-name", holder.FamilyName),
        ("given-name", holder.GivenName),
        ("title", holder.Title),
        ("kind", ((int)holder.Kind).ToString(CultureInfo.InvariantCulture)),
        ("card-number", (FirstCardNumber + index).ToString(CultureInfo.InvariantCulture)),
        ("profession", holder.ProfessionCode?.ToString(CultureInfo.InvariantCulture)),
        ("department", holder.Department),
        ("organization-id", holder.OrganizationId),
        ("organization", holder.Organization));
}
