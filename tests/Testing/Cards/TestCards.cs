using ProSanteConnect.Core.Cards;
using ProSanteConnect.Core.Cards.Checks;
using ProSanteConnect.Tools.Certs;

namespace ProSanteConnect.Testing.Cards;

/// <summary>One test PKI for a whole test run, made when the first test asks for it. Tests do not change it.</summary>
public static class TestCards
{
    /// <summary>The instant at which the PKI was made and at which tests judge.</summary>
    public static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    public static readonly CardHolder Doctor = new(CpxKind.Cps, "898765000017", "FICTIF", "Camille", "Médecin") { ProfessionCode = 10 };

    public static readonly CardHolder Student = new(CpxKind.Cpf, "898765000025", "EXEMPLAIRE", "Inès", "Sage-Femme") { ProfessionCode = 50 };

    public static readonly CardHolder Employee = new(CpxKind.Cpe, "3990000010/CPET00001", "MODELE", "Paul", "Personnel santé ou social")
    {
        Department = "Finistère (29)",
        OrganizationId = "1990000010",
        Organization = "CENTRE HOSPITALIER IMAGINAIRE",
    };

    public static readonly CardHolder Authorized = new(CpxKind.Cpa, "3990000010/CPAT00001", "GABARIT", "Jeanne", "Personnel autorisé")
    {
        Department = "Finistère (29)",
        OrganizationId = "1990000010",
        Organization = "CENTRE HOSPITALIER IMAGINAIRE",
    };

    private static readonly Lazy<TestPki> Made = new(() => TestPki.Create([Doctor, Student, Employee, Authorized], Now));

    public static TestPki Pki => Made.Value;

    public static TrustedAuthorities Authorities => new(Pki.Authorities.Select(a => a.Certificate));

    public static TestCard Of(CardHolder holder, TestCardVariant variant = TestCardVariant.Ordinary) =>
        Pki.Cards.Single(c => c.Holder == holder && c.Variant == variant);

    public static TestCard With(TestCardVariant variant) => Pki.Cards.Single(c => c.Variant == variant);

    /// <summary>Options that accept the cards of this PKI.</summary>
    public static CardOptions Options()
    {
        var options = new CardOptions { AllowTestCards = true };
        options.TrustedAuthorities.Add("unused: tests hand the authorities over");
        options.PolicyOids.Add(TestPki.PolicyOid);
        return options;
    }
}
