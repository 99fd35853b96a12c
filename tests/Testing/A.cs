using ProSanteConnect.Core.Practitioners;

namespace ProSanteConnect.Testing;

/// <summary>Builders: every default is legal, every method is one deviation. All people are invented.</summary>
public static class A
{
    /// <summary>Camille FICTIF, general practitioner, with one practice and one activity (ecps-cpx-directory §4.7).</summary>
    public static Practitioner Practitioner(string nationalId = "898765000017") => new()
    {
        NationalId = nationalId,
        FamilyName = "FICTIF",
        GivenNames = ["Camille", "Marie"],
        BirthDate = new DateOnly(1980, 2, 1),
        SexCode = "F",
        CivilityCode = "MME",
        ContactPhone = "+33639980001",
        ContactEmail = "camille.fictif@example.org",
        Practices =
        [
            new Practice
            {
                ProfessionCode = "10",
                CategoryCode = "C",
                PracticeCivilityCode = "DR",
                FamilyName = "FICTIF",
                GivenName = "Camille",
                ExpertiseKindCode = "S",
                ExpertiseCode = "SM54",
                Activities =
                [
                    new Activity
                    {
                        ModeCode = "L",
                        SectorCode = "SA07",
                        RoleCode = "FON-01",
                        KindCode = "GENR01",
                        OrganizationId = "R98765000017013",
                        OrganizationName = "CABINET DU DR FICTIF",
                        PostalCode = "35000",
                        CommuneCode = "35238",
                        DepartmentCode = "35",
                        RegistrationAuthority = "CNOM/CNOM/CNOM",
                    },
                ],
            },
        ],
        AlternativeIdentifiers = [new AlternativeIdentifier(nationalId, "RPPS", 1)],
    };

    public static Practitioner WithoutPractice(this Practitioner practitioner)
    {
        practitioner.Practices = [];
        return practitioner;
    }
}
