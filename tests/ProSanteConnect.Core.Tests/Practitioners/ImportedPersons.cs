using System.Collections.Immutable;
using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Core.Practitioners.Import;

namespace ProSanteConnect.Core.Tests.Practitioners;

/// <summary>What a file makes of a person (ecps-cpx-directory §4.2, §4.3).</summary>
public sealed class ImportedPersons
{
    private static readonly ExtractLineValues Nobody = new ExtractLineValues(ImmutableDictionary<string, string>.Empty)
        .Identified("3", "990000010/CPET00001").With("Nom de famille", "GABARIT").With("Prénoms", "Noé'").With("Autorité d'enregistrement", "ARS/ARS/ARS");

    [Fact]
    public async Task The_restricted_extract_gives_civil_status_contact_details_practice_and_activity()
    {
        await using var directory = await DirectoryFixture.CreateAsync();

        await directory.MustImportAsync(ExtractFile.Restricted(ExtractLineValues.Doctor()));

        var person = await directory.PractitionerAsync("898765000017");
        Assert.Equal("FICTIF", person.FamilyName);
        Assert.Equal(["Camille", "Marie"], person.GivenNames);
        Assert.Equal(new DateOnly(1980, 2, 1), person.BirthDate);
        Assert.Equal("+33639980001", person.ContactPhone);
        Assert.Equal("camille.fictif@example.org", person.ContactEmail);
        Assert.Equal([new AlternativeIdentifier("898765000017", "RPPS", 1)], person.AlternativeIdentifiers);
        var practice = Assert.Single(person.Practices);
        Assert.Equal(("10", "C", "DR", "S", "SM54"), (practice.ProfessionCode, practice.CategoryCode, practice.PracticeCivilityCode, practice.ExpertiseKindCode, practice.ExpertiseCode));
        var activity = Assert.Single(practice.Activities);
        Assert.Equal(("L", "SA07", "FON-01", "", "DE L'EXEMPLE"), (activity.ModeCode, activity.SectorCode, activity.RoleCode, activity.KindCode, activity.StreetName));
    }

    [Fact]
    public async Task The_extended_extract_also_gives_other_identifiers_and_the_kind_of_activity()
    {
        await using var directory = await DirectoryFixture.CreateAsync();

        await directory.MustImportAsync(ExtractFile.Extended(
            ExtractLineValues.Doctor().With("Autres identifiants", "898765000017,RPPS,1;0999300015,ADELI,2")));

        var person = await directory.PractitionerAsync("898765000017");
        Assert.Equal(
            [new AlternativeIdentifier("898765000017", "RPPS", 1), new AlternativeIdentifier("0999300015", "ADELI", 2)],
            person.AlternativeIdentifiers);
        Assert.Equal("GENR01", person.Practices[0].Activities[0].KindCode);
    }

    [Fact]
    public async Task The_public_extract_gives_the_names_of_practice()
    {
        await using var directory = await DirectoryFixture.CreateAsync();

        var imported = await directory.MustImportAsync(ExtractFile.Public(ExtractLineValues.Doctor()));

        Assert.Equal(ExtractFormat.Public, imported.Format);
        var person = await directory.PractitionerAsync("898765000017");
        Assert.Equal(("FICTIF", "Camille", "", ""), (person.FamilyName, person.GivenName, person.ContactPhone, person.ContactEmail));
        Assert.Equal(("35", "GENR01"), (person.Practices[0].Activities[0].DepartmentCode, person.Practices[0].Activities[0].KindCode));
    }

    [Fact]
    public async Task The_public_extract_takes_nothing_away_that_it_does_not_have()
    {
        await using var directory = await DirectoryFixture.CreateAsync();
        await directory.MustImportAsync(ExtractFile.Extended(
            ExtractLineValues.Doctor().With("Autres identifiants", "898765000017,RPPS,1;0999300015,ADELI,1")));

        await directory.MustImportAsync(ExtractFile.Public(
            ExtractLineValues.Doctor().With("Nom d'exercice", "FICTIF-EXEMPLE").With("Code savoir-faire", "SM26")));

        var person = await directory.PractitionerAsync("898765000017");
        Assert.Equal(("FICTIF", "+33639980001", "camille.fictif@example.org"), (person.FamilyName, person.ContactPhone, person.ContactEmail));
        Assert.Equal(["Camille", "Marie"], person.GivenNames);
        Assert.Equal(new DateOnly(1980, 2, 1), person.BirthDate);
        Assert.Equal(2, person.AlternativeIdentifiers.Count);
        Assert.Equal(("FICTIF-EXEMPLE", "SM26"), (person.Practices[0].FamilyName, person.Practices[0].ExpertiseCode));
    }

    [Fact]
    public async Task A_name_that_only_the_public_extract_gave_follows_it()
    {
        await using var directory = await DirectoryFixture.CreateAsync();
        await directory.MustImportAsync(ExtractFile.Public(ExtractLineValues.Doctor()));

        await directory.MustImportAsync(ExtractFile.Public(ExtractLineValues.Doctor().With("Nom d'exercice", "EXEMPLE")));

        Assert.Equal("EXEMPLE", (await directory.PractitionerAsync("898765000017")).FamilyName);
    }

    [Fact]
    public async Task The_restricted_extract_does_take_away_contact_details_that_are_gone()
    {
        await using var directory = await DirectoryFixture.CreateAsync();
        await directory.MustImportAsync(ExtractFile.Restricted(ExtractLineValues.Doctor()));

        await directory.MustImportAsync(ExtractFile.Restricted(
            ExtractLineValues.Doctor().With(ExtractLineValues.ContactEmail, "").With(ExtractLineValues.ContactPhone, "")));

        var person = await directory.PractitionerAsync("898765000017");
        Assert.Equal(("", ""), (person.ContactEmail, person.ContactPhone));
    }

    [Fact]
    public async Task The_kind_of_activity_survives_a_file_without_that_column()
    {
        await using var directory = await DirectoryFixture.CreateAsync();
        var care = ExtractLineValues.Doctor();
        var teaching = care.With("Code genre d'activité", "GENR04");
        await directory.MustImportAsync(ExtractFile.Extended(care, teaching));

        var imported = await directory.MustImportAsync(ExtractFile.Restricted(care));

        Assert.Equal(1, imported.Unchanged);
        var activities = (await directory.PractitionerAsync("898765000017")).Practices[0].Activities;
        Assert.Equal(["GENR01", "GENR04"], activities.Select(a => a.KindCode));
    }

    [Fact]
    public async Task Lines_of_one_person_become_practices_with_their_activities()
    {
        await using var directory = await DirectoryFixture.CreateAsync();
        var surgery = ExtractLineValues.Doctor();
        var hospital = surgery.With("Identifiant technique de la structure", "F990000010").With("Code mode exercice", "S");
        var acupuncture = surgery.With("Code type savoir-faire", "CAPA").With("Code savoir-faire", "CAPA01");

        await directory.MustImportAsync(ExtractFile.Restricted(surgery, ExtractLineValues.Doctor("98765000025"), hospital, acupuncture, surgery));

        var practices = (await directory.PractitionerAsync("898765000017")).Practices;
        Assert.Equal([("CAPA01", 1), ("SM54", 2)], practices.Select(p => (p.ExpertiseCode, p.Activities.Count)).Order());
    }

    [Fact]
    public async Task An_employee_of_a_structure_has_one_practice_without_a_profession()
    {
        await using var directory = await DirectoryFixture.CreateAsync();

        await directory.MustImportAsync(ExtractFile.Restricted(ExtractLineValues.Employee("990000010/CPET00001")));

        var person = await directory.PractitionerAsync("3990000010/CPET00001");
        Assert.Equal([new AlternativeIdentifier("3990000010/CPET00001", "FINESS", 1)], person.AlternativeIdentifiers);
        var practice = Assert.Single(person.Practices);
        Assert.Equal("", practice.ProfessionCode);
        var activity = Assert.Single(practice.Activities);
        Assert.Equal(
            ("SA01", "FON-33", "CENTRE HOSPITALIER IMAGINAIRE", "F990000010"),
            (activity.SectorCode, activity.RoleCode, activity.OrganizationName, activity.OrganizationId));
    }

    [Theory]
    [InlineData("Code catégorie professionnelle", "E")]
    [InlineData("Code savoir-faire", "SM54")]
    [InlineData("Code civilité d'exercice", "DR")]
    [InlineData("Code mode exercice", "S")]
    public async Task A_line_that_says_anything_of_a_practice_is_one(string column, string value)
    {
        await using var directory = await DirectoryFixture.CreateAsync();

        await directory.MustImportAsync(ExtractFile.Restricted(Nobody.With(column, value)));

        Assert.Single((await directory.PractitionerAsync("3990000010/CPET00001")).Practices);
    }

    [Fact]
    public async Task A_person_of_whom_only_names_and_authority_are_known_has_no_practice()
    {
        await using var directory = await DirectoryFixture.CreateAsync();

        await directory.MustImportAsync(ExtractFile.Restricted(Nobody.With("Nom d'exercice", "GABARIT").With("Prénom d'exercice", "Noé")));

        Assert.Empty((await directory.PractitionerAsync("3990000010/CPET00001")).Practices);
    }

    [Theory]
    [InlineData(ExtractLineValues.ContactPhone, "voir secrétariat")]
    [InlineData(ExtractLineValues.ContactEmail, "- sans -")]
    [InlineData("Date de naissance", "01/13/1980")]
    public async Task A_value_that_cannot_be_read_hides_no_readable_one_on_another_line(string column, string value)
    {
        await using var directory = await DirectoryFixture.CreateAsync();
        var doctor = ExtractLineValues.Doctor();

        await directory.MustImportAsync(ExtractFile.Restricted(doctor, doctor.With(column, value)));

        var person = await directory.PractitionerAsync("898765000017");
        Assert.Equal(
            ("+33639980001", "camille.fictif@example.org", new DateOnly(1980, 2, 1)),
            (person.ContactPhone, person.ContactEmail, person.BirthDate));
    }

    [Fact]
    public async Task A_practice_without_a_situation_has_no_activity()
    {
        await using var directory = await DirectoryFixture.CreateAsync();
        var names = new[] { "Nom d'exercice", "Prénom d'exercice", "Nom de famille", "Code profession", "Code catégorie professionnelle", "Autorité d'enregistrement" };
        var doctor = ExtractLineValues.Doctor();
        var bare = new ExtractLineValues(doctor.Values.RemoveRange(doctor.Values.Keys.Except([.. names, "Type d'identifiant PP", "Identifiant PP", "Identification nationale PP"])));

        await directory.MustImportAsync(ExtractFile.Restricted(bare));

        Assert.Empty(Assert.Single((await directory.PractitionerAsync("898765000017")).Practices).Activities);
    }

    [Theory]
    [InlineData("Camille'Marie'", "Camille", "Marie")]
    [InlineData("Camille'Marie", "Camille", "Marie")]
    [InlineData("Camille", "Camille")]
    [InlineData("Marie Pierre'Jean-Noël'", "Marie Pierre", "Jean-Noël")]
    [InlineData("''")]
    public async Task Given_names_are_separated_and_may_be_ended_by_an_apostrophe(string written, params string[] names)
    {
        await using var directory = await DirectoryFixture.CreateAsync();

        await directory.MustImportAsync(ExtractFile.Restricted(ExtractLineValues.Doctor().With("Prénoms", written)));

        Assert.Equal(names, (await directory.PractitionerAsync("898765000017")).GivenNames);
    }

    [Fact]
    public async Task A_formula_or_a_script_is_text_like_any_other()
    {
        await using var directory = await DirectoryFixture.CreateAsync();
        string[] texts = ["=1+1", "@SUM(A1)", "+33;DROP TABLE", "<script>alert(1)</script>", "');--", "D'INVENTION \"L'AINÉ\"", "\\u0041\\n"];

        var lines = texts.Select((text, i) => ExtractLineValues.Doctor(ExtractLineValues.Rpps(i)).With("Nom de famille", text).With("Raison sociale site", text));
        await directory.MustImportAsync(ExtractFile.Restricted([.. lines]));

        var persons = await directory.PractitionersAsync();
        Assert.Equal(texts.Order(), persons.Select(p => p.FamilyName).Order());
        Assert.Each(persons, p => Assert.Equal(p.FamilyName, p.Practices[0].Activities[0].OrganizationName));
    }
}
