using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ProSanteConnect.Core.Cards;

namespace ProSanteConnect.Tools.Certs;

/// <summary>
/// A PKI with the structure of IGC-Santé TEST (ecps-cpx-directory §2.1): three roots, the authorities for cards and servers, the
/// delegated OCSP signers, and cards for the given holders. The profiles are those of <c>certs/*.txt</c>.
/// </summary>
public sealed class TestPki
{
    /// <summary>The certificate policy of all test cards, for <see cref="CardOptions.PolicyOids"/>.</summary>
    public const string PolicyOid = "1.2.250.1.213.1.7.2.1.1.1.1";

    /// <summary>The holder of a card who is not in the directory.</summary>
    public static readonly CardHolder Stranger = new(CpxKind.Cps, "899999999990", "INCONNUE", "Alix", "Médecin") { ProfessionCode = 10 };

    private static readonly TimeSpan CrlTerm = TimeSpan.FromDays(1);

    private readonly TestCardFactory _factory;
    private readonly Lock _making = new();

    // Replaced as a whole, so that a reader needs no lock.
    private volatile TestCard[] _cards;

    internal TestPki(IReadOnlyList<TestAuthority> authorities, IReadOnlyList<TestOcspDelegate> delegates, IEnumerable<TestCard> cards, TestKeys keys)
    {
        Authorities = authorities;
        Delegates = delegates;
        _cards = [.. cards];
        _factory = new TestCardFactory(FortPersons, StandardPersons, keys);
    }

    /// <summary>All authorities, roots first.</summary>
    public IReadOnlyList<TestAuthority> Authorities { get; }

    public IReadOnlyList<TestCard> Cards => _cards;

    /// <summary>Issues CPS and CPF.</summary>
    public TestAuthority FortPersons => Authority(TestPkiFiles.FortPersons);

    /// <summary>Issues CPE and CPA.</summary>
    public TestAuthority StandardPersons => Authority(TestPkiFiles.StandardPersons);

    /// <summary>Issues server certificates.</summary>
    public TestAuthority Organizations => Authority(TestPkiFiles.Organizations);

    internal IReadOnlyList<TestOcspDelegate> Delegates { get; }

    /// <summary>Creates the authorities, a card for each holder, and the cards that must be refused.</summary>
    public static TestPki Create(IEnumerable<CardHolder> holders, DateTimeOffset now)
    {
        var fort = Root(TestPkiFiles.FortRoot, "FORT", now);
        var standard = Root(TestPkiFiles.StandardRoot, "STANDARD", now);
        var elementary = Root(TestPkiFiles.ElementaryRoot, "ELEMENTAIRE", now);
        var fortPersons = Subordinate(fort, TestPkiFiles.FortPersons, "FORT", "PERSONNES", now);
        var standardPersons = Subordinate(standard, TestPkiFiles.StandardPersons, "STANDARD", "PERSONNES", now);
        var organizations = Subordinate(elementary, TestPkiFiles.Organizations, "ELEMENTAIRE", "ORGANISATIONS", now);

        var pki = new TestPki(
            [fort, standard, elementary, fortPersons, standardPersons, organizations],
            [TestOcspDelegate.Of(fortPersons, "FORT", "PERSONNES", now), TestOcspDelegate.Of(standardPersons, "STANDARD", "PERSONNES", now)],
            cards: [],
            new TestKeys());
        pki.AddMissingCards(holders, now);
        return pki;
    }

    /// <summary>
    /// Creates what is missing: an ordinary card for each holder, and the cards that must be refused, for the first holder of a CPS.
    /// </summary>
    /// <returns>The new cards.</returns>
    public IReadOnlyList<TestCard> AddMissingCards(IEnumerable<CardHolder> holders, DateTimeOffset now)
    {
        lock (_making)
        {
            var made = new List<TestCard>();
            foreach (var (holder, variant) in Wanted([.. holders]).Except(_cards.Select(c => (c.Holder, c.Variant))))
                made.Add(_factory.Make(holder, variant, _cards.Length + made.Count, now));

            _cards = [.. _cards, .. made];
            return made;
        }
    }

    /// <summary>Creates the ordinary card of a holder, if there is none of this name.</summary>
    /// <returns>The new card, or null.</returns>
    public TestCard? AddMissingCard(CardHolder holder, DateTimeOffset now)
    {
        var name = TestCard.NameOf(holder, TestCardVariant.Ordinary);
        lock (_making)
        {
            if (_cards.Any(c => c.Name == name)) return null;

            var made = _factory.Make(holder, TestCardVariant.Ordinary, _cards.Length, now);
            _cards = [.. _cards, made];
            return made;
        }
    }

    /// <summary>Issues a certificate for the sandbox's listener, with these names and addresses.</summary>
    public ServerCertificate IssueServer(IReadOnlyList<string> names, DateTimeOffset now)
    {
        var profile = CertificateProfile.Server;
        using var key = (ECDsa)TestKeys.Create(profile);
        var values = new ProfileValues(("host", names[0]), ("names", ServerCertificate.AlternativeNames(names)));
        using var certificate = Organizations.Issue(profile, values, new PublicKey(key), now);
        return new ServerCertificate(KeyedCertificate.ForTls(certificate.CopyWithPrivateKey(key)), Organizations.Certificate);
    }

    /// <summary>The CRL of an authority at this instant, valid for one day.</summary>
    public byte[] Crl(TestAuthority authority, DateTimeOffset now) => authority.Crl(RevokedBy(authority, now), now, now + CrlTerm);

    internal IReadOnlyList<Revocation> RevokedBy(TestAuthority authority, DateTimeOffset now) =>
        [.. _cards
            .Where(c => c.IsOf(authority) && c.RevokedAt <= now)
            .SelectMany(c => new[] { c.Authentication, c.Signature }.Select(x => new Revocation(x.SerialNumber, c.RevokedAt!.Value)))];

    /// <summary>The authority with this file name, for example <c>ACI-FO-PP-TEST</c>.</summary>
    public TestAuthority Authority(string file) => Authorities.Single(a => a.File == file);

    internal TestCard? CardOf(TestAuthority issuer, string serialNumber) => _cards.FirstOrDefault(c =>
        c.IsOf(issuer) && (c.Authentication.SerialNumber == serialNumber || c.Signature.SerialNumber == serialNumber));

    private static IEnumerable<(CardHolder Holder, TestCardVariant Variant)> Wanted(List<CardHolder> holders)
    {
        var ordinary = holders.Select(holder => (holder, TestCardVariant.Ordinary));
        if (holders.FirstOrDefault(h => h.Kind == CpxKind.Cps) is not { } first) return ordinary;

        TestCardVariant[] refused =
            [TestCardVariant.Expired, TestCardVariant.Revoked, TestCardVariant.UnknownAuthority, TestCardVariant.SignatureOnly, TestCardVariant.WrongPurpose];
        return [.. ordinary, .. refused.Select(variant => (first, variant)), (Stranger, TestCardVariant.NotInDirectory)];
    }

    private static TestAuthority Root(string file, string tier, DateTimeOffset now) =>
        TestAuthority.Root(file, CertificateProfile.RootAuthority, new ProfileValues(("tier", tier)), now);

    private static TestAuthority Subordinate(TestAuthority root, string file, string tier, string population, DateTimeOffset now) =>
        root.Subordinate(
            file, CertificateProfile.SubordinateAuthority, new ProfileValues(("tier", tier), ("population", population)), now);
}
