using ProSanteConnect.Core.Practitioners;

namespace ProSanteConnect.Core.Tests.Practitioners;

public sealed class Labels
{
    [Fact]
    public void Codes_are_called_by_their_French_names()
    {
        Assert.Equal("Médecin", Nomenclatures.Professions.LabelOf("10"));
        Assert.Equal("Épithésiste", Nomenclatures.Professions.LabelOf("85"));
        Assert.Equal("Étudiant", Nomenclatures.ProfessionalCategories.LabelOf("E"));
        Assert.Equal("Établissement public de santé", Nomenclatures.Sectors.LabelOf("SA01"));
        Assert.Equal("Cardiologie et Maladies vasculaires", Nomenclatures.Expertises.LabelOf("SM04"));
        Assert.Equal("Exercice infirmier en pratique avancée santé mentale", Nomenclatures.Expertises.LabelOf("SI04"));
        Assert.Equal("Titulaire de cabinet", Nomenclatures.Roles.LabelOf("FON-01"));
        Assert.Equal("Libéral, indépendant, artisan, commerçant", Nomenclatures.PracticeModes.LabelOf("L"));
        Assert.Equal("Madame", Nomenclatures.Civilities.LabelOf("MME"));
    }

    [Fact]
    public void An_unknown_code_is_shown_as_it_is()
    {
        Assert.Equal("41", Nomenclatures.Professions.LabelOf("41"));
        Assert.Equal("", Nomenclatures.Professions.LabelOf(""));
    }

    [Fact]
    public void Labels_are_clean_and_told_apart()
    {
        Nomenclature[] all =
        [
            Nomenclatures.Professions, Nomenclatures.ProfessionalCategories, Nomenclatures.PracticeCivilities, Nomenclatures.ExpertiseKinds,
            Nomenclatures.PracticeModes, Nomenclatures.ActivityKinds, Nomenclatures.PharmacistSections, Nomenclatures.Sectors, Nomenclatures.Roles,
            Nomenclatures.Expertises, Nomenclatures.Civilities,
        ];

        Assert.Each(all.SelectMany(nomenclature => nomenclature), entry => Assert.Matches(@"^\p{Lu}[^*\[\]|]+[^\s.]$", entry.Value));
        Assert.Each(all.SelectMany(nomenclature => nomenclature), entry => Assert.DoesNotContain("Et", entry.Value.Split(' ')[0][..2], StringComparison.Ordinal));
        Assert.Each(
            all.Where(nomenclature => nomenclature != Nomenclatures.Expertises),
            nomenclature => Assert.Distinct(nomenclature.Select(entry => entry.Value)));
    }
}
