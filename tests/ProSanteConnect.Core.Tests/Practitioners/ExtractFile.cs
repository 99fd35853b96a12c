using System.Collections.Immutable;
using System.Text;

namespace ProSanteConnect.Core.Tests.Practitioners;

/// <summary>A file of the health directory, as text. Every added line is valid; a test that needs an invalid one edits the text.</summary>
internal sealed record ExtractFile(ImmutableList<string> Columns, ImmutableList<ExtractLineValues> Lines)
{
    /// <summary>"Extraction_ProSanteConnect_Personne_activite": 49 columns.</summary>
    public static ExtractFile Restricted(params ExtractLineValues[] lines) => new(Header(RestrictedHeader), [.. lines]);

    /// <summary>What pscextract makes of it: 51 columns.</summary>
    public static ExtractFile Extended(params ExtractLineValues[] lines) =>
        new(Header(RestrictedHeader + "|Autres identifiants|Code genre d'activité"), [.. lines]);

    /// <summary>"PS_LibreAcces_Personne_activite": 56 columns.</summary>
    public static ExtractFile Public(params ExtractLineValues[] lines) => new(Header(PublicHeader), [.. lines]);

    public ExtractFile With(params ExtractLineValues[] lines) => this with { Lines = Lines.AddRange(lines) };

    public ExtractFile WithoutColumn(string column) => this with { Columns = Columns.Remove(column) };

    public override string ToString() => string.Concat(Lines.Select(TextOf).Prepend(string.Join('|', Columns) + "|").Select(line => line + "\n"));

    public string TextOf(ExtractLineValues line) => string.Concat(Columns.Select(column => line[column] + "|"));

    public Stream ToStream() => StreamOf(ToString());

    public static Stream StreamOf(string text) => new MemoryStream(Encoding.UTF8.GetBytes(text));

    private static ImmutableList<string> Header(string names) => [.. names.Split('|')];

    private const string RestrictedHeader =
        "Type d'identifiant PP|Identifiant PP|Identification nationale PP|Nom de famille|Prénoms|Date de naissance|Code commune de naissance|Code pays de naissance|Lieu de naissance|Code sexe|Téléphone (coord. correspondance)|Adresse e-mail (coord. correspondance)|Code civilité|Code profession|Code catégorie professionnelle|Code civilité d'exercice|Nom d'exercice|Prénom d'exercice|Code type savoir-faire|Code savoir-faire|Code mode exercice|Code secteur d'activité|Code section tableau pharmaciens|Code rôle|Numéro SIRET site|Numéro SIREN site|Numéro FINESS site|Numéro FINESS établissement juridique|Identifiant technique de la structure|Raison sociale site|Enseigne commerciale site|Complément destinataire (coord. structure)|Complément point géographique (coord. structure)|Numéro Voie (coord. structure)|Indice répétition voie (coord. structure)|Code type de voie (coord. structure)|Libellé Voie (coord. structure)|Mention distribution (coord. structure)|Bureau cedex (coord. structure)|Code postal (coord. structure)|Code commune (coord. structure)|Code pays (coord. structure)|Téléphone (coord. structure)|Téléphone 2 (coord. structure)|Télécopie (coord. structure)|Adresse e-mail (coord. structure)|Code département (coord. structure)|Ancien identifiant de la structure|Autorité d'enregistrement";

    private const string PublicHeader =
        "Type d'identifiant PP|Identifiant PP|Identification nationale PP|Code civilité d'exercice|Libellé civilité d'exercice|Code civilité|Libellé civilité|Nom d'exercice|Prénom d'exercice|Code profession|Libellé profession|Code catégorie professionnelle|Libellé catégorie professionnelle|Code type savoir-faire|Libellé type savoir-faire|Code savoir-faire|Libellé savoir-faire|Code mode exercice|Libellé mode exercice|Numéro SIRET site|Numéro SIREN site|Numéro FINESS site|Numéro FINESS établissement juridique|Identifiant technique de la structure|Raison sociale site|Enseigne commerciale site|Complément destinataire (coord. structure)|Complément point géographique (coord. structure)|Numéro Voie (coord. structure)|Indice répétition voie (coord. structure)|Code type de voie (coord. structure)|Libellé type de voie (coord. structure)|Libellé Voie (coord. structure)|Mention distribution (coord. structure)|Bureau cedex (coord. structure)|Code postal (coord. structure)|Code commune (coord. structure)|Libellé commune (coord. structure)|Code pays (coord. structure)|Libellé pays (coord. structure)|Téléphone (coord. structure)|Téléphone 2 (coord. structure)|Télécopie (coord. structure)|Adresse e-mail (coord. structure)|Code Département (structure)|Libellé Département (structure)|Ancien identifiant de la structure|Autorité d'enregistrement|Code secteur d'activité|Libellé secteur d'activité|Code section tableau pharmaciens|Libellé section tableau pharmaciens|Code rôle|Libellé rôle|Code genre activité|Libellé genre activité";
}
