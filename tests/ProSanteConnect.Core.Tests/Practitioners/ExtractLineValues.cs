using System.Collections.Immutable;

namespace ProSanteConnect.Core.Tests.Practitioners;

/// <summary>The values of one line, by the name of the column. Everybody here is invented (ecps-cpx-directory §4.7).</summary>
internal sealed record ExtractLineValues(ImmutableDictionary<string, string> Values)
{
    public const string ContactPhone = "Téléphone (coord. correspondance)";
    public const string ContactEmail = "Adresse e-mail (coord. correspondance)";

    public string this[string column] => Values.GetValueOrDefault(column, "");

    /// <summary>Camille FICTIF, a general practitioner in a surgery of her own.</summary>
    public static ExtractLineValues Doctor(string rpps = "98765000017") => new ExtractLineValues(new Dictionary<string, string>
    {
        ["Nom de famille"] = "FICTIF",
        ["Prénoms"] = "Camille'Marie'",
        ["Date de naissance"] = "01/02/1980",
        ["Code commune de naissance"] = "35238",
        ["Code pays de naissance"] = "99000",
        ["Lieu de naissance"] = "RENNES",
        ["Code sexe"] = "F",
        [ContactPhone] = "0033639980001",
        [ContactEmail] = "Camille.Fictif@example.org",
        ["Code civilité"] = "MME",
        ["Code profession"] = "10",
        ["Libellé profession"] = "Médecin",
        ["Code catégorie professionnelle"] = "C",
        ["Code civilité d'exercice"] = "DR",
        ["Nom d'exercice"] = "FICTIF",
        ["Prénom d'exercice"] = "Camille",
        ["Code type savoir-faire"] = "S",
        ["Code savoir-faire"] = "SM54",
        ["Code mode exercice"] = "L",
        ["Code secteur d'activité"] = "SA07",
        ["Code rôle"] = "FON-01",
        ["Identifiant technique de la structure"] = "R98765000017013",
        ["Raison sociale site"] = "CABINET DU DR FICTIF",
        ["Numéro Voie (coord. structure)"] = "12",
        ["Code type de voie (coord. structure)"] = "R",
        ["Libellé Voie (coord. structure)"] = "DE L'EXEMPLE",
        ["Code postal (coord. structure)"] = "35000",
        ["Code département (coord. structure)"] = "35",
        ["Code Département (structure)"] = "35",
        ["Autorité d'enregistrement"] = "CNOM/CNOM/CNOM",
        ["Code genre d'activité"] = "GENR01",
        ["Code genre activité"] = "GENR01",
    }.ToImmutableDictionary()).Identified("8", rpps);

    /// <summary>An employee of a hospital, who exercises no profession.</summary>
    public static ExtractLineValues Employee(string number) => new ExtractLineValues(new Dictionary<string, string>
    {
        ["Nom de famille"] = "GABARIT",
        ["Prénoms"] = "Noé'",
        ["Code mode exercice"] = "S",
        ["Code secteur d'activité"] = "SA01",
        ["Code rôle"] = "FON-33",
        ["Numéro FINESS site"] = "990000010",
        ["Identifiant technique de la structure"] = "F990000010",
        ["Raison sociale site"] = "CENTRE HOSPITALIER IMAGINAIRE",
        ["Autorité d'enregistrement"] = "ARS/ARS/ARS",
    }.ToImmutableDictionary()).Identified("3", number);

    public ExtractLineValues With(string column, string value) => new(Values.SetItem(column, value));

    public ExtractLineValues Identified(string kind, string number) => this
        .With("Type d'identifiant PP", kind)
        .With("Identifiant PP", number)
        .With("Identification nationale PP", kind + number);

    /// <summary>The n-th of many invented RPPS numbers, with its key.</summary>
    public static string Rpps(int number)
    {
        var digits = $"98765{number:D5}";
        return Enumerable.Range(0, 10).Select(key => digits + key).Single(candidate => Core.Practitioners.LuhnKey.IsValid(candidate));
    }
}
