using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Sandbox.Practitioners;

namespace ProSanteConnect.Core.Tests.Practitioners;

/// <summary>The sandbox's fictional practitioners: whom a developer can try.</summary>
public sealed class SandboxPeople
{
    private const string PublicTestIdentity = "899700218896";

    [Fact]
    public async Task Thirty_four_or_more_people_are_loaded_without_a_remark_and_twice_is_once()
    {
        await using var directory = await DirectoryFixture.CreateAsync();

        var first = await FictionalPractitioners.LoadAsync(directory.Factory, directory.Clock, TestContext.Current.CancellationToken);
        var second = await FictionalPractitioners.LoadAsync(directory.Factory, directory.Clock, TestContext.Current.CancellationToken);

        Assert.InRange(first.Created, 34, 100);
        Assert.Equal((0L, 0L), (first.RefusedLines, first.Remarks));
        Assert.Equal((0, 0, first.Created), (second.Created, second.Updated, second.Unchanged));
    }

    [Fact]
    public async Task Loading_them_delists_nobody_whom_a_developer_has_loaded()
    {
        await using var directory = await DirectoryFixture.CreateAsync();
        await directory.MustImportAsync(ExtractFile.Restricted(ExtractLineValues.Doctor("98765099993")));

        await FictionalPractitioners.LoadAsync(directory.Factory, directory.Clock, TestContext.Current.CancellationToken);

        Assert.Null((await directory.PractitionerAsync("898765099993")).DelistedAt);
    }

    [Fact]
    public async Task Everybody_is_invented_by_the_conventions_but_the_public_test_identity()
    {
        var people = await PeopleAsync();

        Assert.Each(people, p => Assert.True(
            p.NationalId.StartsWith("898765", StringComparison.Ordinal) // RPPS
            || p.NationalId.StartsWith("099", StringComparison.Ordinal) // ADELI
            || p.NationalId.StartsWith("3990", StringComparison.Ordinal) // FINESS
            || p.NationalId.StartsWith("50000000", StringComparison.Ordinal) // SIRET
            || p.NationalId == PublicTestIdentity));
        Assert.Each(people.Where(p => p.ContactPhone.Length > 0), p => Assert.StartsWith("+3363998", p.ContactPhone, StringComparison.Ordinal));
        Assert.Each(people.Where(p => p.ContactEmail.Length > 0), p => Assert.Matches(@"@([\w-]+\.)*(example\.org|example)$", p.ContactEmail));
    }

    [Fact]
    public async Task No_two_people_share_their_contact_details()
    {
        var people = await PeopleAsync();

        Assert.Distinct(people.Where(p => p.ContactPhone.Length > 0).Select(p => p.ContactPhone));
        Assert.Distinct(people.Where(p => p.ContactEmail.Length > 0).Select(p => p.ContactEmail));
    }

    [Theory]
    [InlineData("898765000017", "10", "SM54", 1)] // general practitioner
    [InlineData("898765000041", "10", "SM04", 2)] // cardiologist, hospital and surgery
    [InlineData("898765000033", "21", "", 1)] // pharmacist
    [InlineData("898765000082", "60", "", 1)] // nurse
    [InlineData("898765000025", "50", "", 1)] // midwife
    [InlineData("898765000090", "70", "", 1)] // physiotherapist
    [InlineData("898765000058", "40", "SCD01", 1)] // dentist
    [InlineData("898765000173", "21", "", 0)] // student without a situation
    [InlineData(PublicTestIdentity, "10", "SM04", 1)]
    public async Task A_person_has_this_profession_expertise_and_number_of_activities(string nationalId, string profession, string expertise, int activities)
    {
        var practice = Assert.Single((await PeopleAsync()).Single(p => p.NationalId == nationalId).Practices);

        Assert.Equal((profession, expertise, activities), (practice.ProfessionCode, practice.ExpertiseCode, practice.Activities.Count));
    }

    [Fact]
    public async Task A_person_may_have_no_practice() =>
        Assert.Empty((await PeopleAsync()).Single(p => p.NationalId == "898765000314").Practices);

    [Theory]
    [InlineData("3990000010/CPET00001")] // employee of an organization (CPE)
    [InlineData("500000001800010/CPAT0001")] // authorised personnel (CPA)
    public async Task An_employee_has_one_practice_without_a_profession(string nationalId)
    {
        var practice = Assert.Single((await PeopleAsync()).Single(p => p.NationalId == nationalId).Practices);

        Assert.Equal(("", 1), (practice.ProfessionCode, practice.Activities.Count));
    }

    [Fact]
    public async Task Every_case_that_a_relying_party_meets_has_somebody()
    {
        var people = await PeopleAsync();

        Assert.Contains(people, p => p.Practices.Count > 1);
        Assert.Contains(people, p => p.Practices.Any(practice => practice.Activities.Count > 2));
        Assert.Contains(people, p => p.Practices.Any(practice => practice.CategoryCode == "E"));
        Assert.Contains(people, p => p.Practices.Any(practice => practice.CategoryCode == "M"));
        Assert.Contains(people, p => p.Practices.Any(practice => practice.CategoryCode == "F"));
        Assert.Contains(people, p => p.ContactPhone.Length == 0 && p.ContactEmail.Length > 0);
        Assert.Contains(people, p => p.ContactEmail.Length == 0 && p.ContactPhone.Length > 0);
        Assert.Contains(people, p => p.ContactEmail.EndsWith(".mssante.example", StringComparison.Ordinal));
        Assert.Contains(people, p => p.NationalId.StartsWith('0') && p.ContactEmail.Length + p.ContactPhone.Length == 0);
        Assert.Contains(people, p => p.FamilyName.Length > 60 && p.GivenNames.Count > 3);
        Assert.Contains(people, p => p.FamilyName.Contains('\'', StringComparison.Ordinal));
        Assert.Contains(people, p => p.AlternativeIdentifiers.Count > 1);
    }

    [Fact]
    public async Task The_public_test_identity_has_its_known_values()
    {
        var robert = (await PeopleAsync()).Single(p => p.NationalId == PublicTestIdentity);
        var activity = robert.Practices[0].Activities[0];

        Assert.Equal(("SPECIALISTE0021889", "ROBERT"), (robert.FamilyName, robert.GivenName));
        Assert.Equal(("CABINET M SPECIALISTE0021889", "SA07"), (activity.OrganizationName, activity.SectorCode));
    }

    [Fact]
    public async Task Every_code_has_a_label()
    {
        var practices = (await PeopleAsync()).SelectMany(p => p.Practices).ToList();
        var activities = practices.SelectMany(p => p.Activities).ToList();

        Known(practices.Select(p => p.ProfessionCode), Nomenclatures.Professions);
        Known(practices.Select(p => p.CategoryCode), Nomenclatures.ProfessionalCategories);
        Known(practices.Select(p => p.PracticeCivilityCode), Nomenclatures.PracticeCivilities);
        Known(practices.Select(p => p.ExpertiseKindCode), Nomenclatures.ExpertiseKinds);
        Known(practices.Select(p => p.ExpertiseCode), Nomenclatures.Expertises);
        Known(activities.Select(a => a.ModeCode), Nomenclatures.PracticeModes);
        Known(activities.Select(a => a.SectorCode), Nomenclatures.Sectors);
        Known(activities.Select(a => a.RoleCode), Nomenclatures.Roles);
        Known(activities.Select(a => a.KindCode), Nomenclatures.ActivityKinds);
        Known(activities.Select(a => a.PharmacistSectionCode), Nomenclatures.PharmacistSections);

        static void Known(IEnumerable<string> codes, Nomenclature nomenclature) =>
            Assert.Each(codes.Where(code => code.Length > 0), code => Assert.True(nomenclature.Contains(code), code));
    }

    private static async Task<List<Practitioner>> PeopleAsync()
    {
        await using var directory = await DirectoryFixture.CreateAsync();
        await FictionalPractitioners.LoadAsync(directory.Factory, directory.Clock, TestContext.Current.CancellationToken);
        return await directory.PractitionersAsync();
    }
}
