using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace ProSanteConnect.Core.Practitioners;

/// <summary>
/// The French labels of the directory's codes (NOS terminologies, ecps-cpx-directory §4.6), as published, with the accents on capital
/// letters that the sources omit.
/// </summary>
public static partial class Nomenclatures
{
    /// <summary>Civilités of a person.</summary>
    public static Nomenclature Civilities { get; } = new()
    {
        ["M"] = "Monsieur",
        ["MME"] = "Madame",
    };

    /// <summary>Professions (TRE_G15).</summary>
    public static Nomenclature Professions { get; } = new()
    {
        ["10"] = "Médecin",
        ["21"] = "Pharmacien",
        ["26"] = "Audioprothésiste",
        ["28"] = "Opticien-Lunetier",
        ["31"] = "Assistant dentaire",
        ["32"] = "Physicien médical",
        ["35"] = "Aide-soignant",
        ["36"] = "Ambulancier",
        ["37"] = "Auxiliaire de puériculture",
        ["38"] = "Préparateur en pharmacie hospitalière",
        ["39"] = "Préparateur en pharmacie",
        ["40"] = "Chirurgien-Dentiste",
        ["50"] = "Sage-Femme",
        ["60"] = "Infirmier",
        ["69"] = "Infirmier psychiatrique",
        ["70"] = "Masseur-Kinésithérapeute",
        ["80"] = "Pédicure-Podologue",
        ["81"] = "Orthoprothésiste",
        ["82"] = "Podo-Orthésiste",
        ["83"] = "Orthopédiste-Orthésiste",
        ["84"] = "Oculariste",
        ["85"] = "Épithésiste",
        ["86"] = "Technicien de labo médical",
        ["91"] = "Orthophoniste",
        ["92"] = "Orthoptiste",
        ["93"] = "Psychologue",
        ["94"] = "Ergothérapeute",
        ["95"] = "Diététicien",
        ["96"] = "Psychomotricien",
        ["98"] = "Manipulateur ERM",
    };

    /// <summary>Catégories professionnelles (TRE_R09).</summary>
    public static Nomenclature ProfessionalCategories { get; } = new()
    {
        ["C"] = "Civil",
        ["E"] = "Étudiant",
        ["F"] = "Fonctionnaire d'État ou de collectivité locale",
        ["M"] = "Militaire",
    };

    /// <summary>Civilités d'exercice (TRE_R11).</summary>
    public static Nomenclature PracticeCivilities { get; } = new()
    {
        ["DR"] = "Docteur",
        ["MC"] = "Médecin chef",
        ["MG"] = "Médecin général",
        ["PC"] = "Pharmacien chef",
        ["PG"] = "Pharmacien général",
        ["PR"] = "Professeur",
    };

    /// <summary>Types de savoir-faire (TRE_R04).</summary>
    public static Nomenclature ExpertiseKinds { get; } = new()
    {
        ["C"] = "Compétence",
        ["CAPA"] = "Capacité",
        ["CEX"] = "Compétence exclusive",
        ["DEC"] = "Droit d'exercice complémentaire",
        ["DNQ"] = "DESC non qualifiant",
        ["FQ"] = "Fonction qualifiée",
        ["OP"] = "Orientation particulière",
        ["PAC"] = "Qualification PAC",
        ["S"] = "Spécialité ordinale",
        ["SH"] = "Spécialité de concours hospitalier",
    };

    /// <summary>Modes d'exercice (TRE_R23).</summary>
    public static Nomenclature PracticeModes { get; } = new()
    {
        ["S"] = "Salarié",
        ["L"] = "Libéral, indépendant, artisan, commerçant",
        ["B"] = "Bénévole",
    };

    /// <summary>Genres d'activité (TRE_R22).</summary>
    public static Nomenclature ActivityKinds { get; } = new()
    {
        ["GENR01"] = "Activité de soin et de pharmacie",
        ["GENR02"] = "Activité de soins ou de pharmacien en tant que remplaçant",
        ["GENR03"] = "Remplacement dans une activité de soins",
        ["GENR04"] = "Activité non soignante",
        ["GENR05"] = "Activité non médicale",
        ["GENR06"] = "Délégation de responsabilité pour continuité de service",
        ["GENR07"] = "Activité de soins en tant qu'intérimaire",
        ["GENR08"] = "Coordination et orientation",
        ["GENR09"] = "Administratif ou appui à l'organisation de l'accompagnement social/médico-social",
        ["GENR10"] = "Accompagnement social/médico-social à la vie sociale, professionnelle, éducative",
        ["GENR11"] = "Accompagnement social/médico-social au soin",
        ["GENR12"] = "Encadrement et organisation de l'accompagnement social/médico-social",
    };

    /// <summary>Sections du tableau de l'Ordre des pharmaciens (TRE_R06).</summary>
    public static Nomenclature PharmacistSections { get; } = new()
    {
        ["A"] = "Pharmacien titulaire d'officine",
        ["B"] = "Pharmacien d'entreprise - industrie",
        ["C"] = "Pharmacien d'entreprise - distribution",
        ["D"] = "Pharmacien adjoint, remplaçant ou gérant",
        ["E"] = "Pharmacien d'Outre-Mer",
        ["G"] = "Pharmacien biologiste",
        ["H"] = "Pharmacien d'établissement de santé",
        ["M"] = "Pharmacien militaire",
    };
}

/// <summary>One terminology: codes and their French labels, in the order of publication.</summary>
[SuppressMessage("Naming", "CA1710", Justification = "Named after the NOS terminology it represents.")]
public sealed class Nomenclature : IEnumerable<KeyValuePair<string, string>>
{
    private readonly Dictionary<string, string> _labels = new(StringComparer.Ordinal);

    internal string this[string code]
    {
        set => _labels.Add(code, value);
    }

    /// <summary>The label, or the code itself when it is unknown: terminologies gain codes between releases.</summary>
    public string LabelOf(string code) => _labels.GetValueOrDefault(code, code);

    public bool Contains(string code) => _labels.ContainsKey(code);

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => _labels.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
