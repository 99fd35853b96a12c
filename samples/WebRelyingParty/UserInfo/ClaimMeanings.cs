namespace WebRelyingParty.UserInfo;

/// <summary>The meaning of each claim of Pro Santé Connect, in French; the terminologies are those of the ANS (NOS).</summary>
internal static class ClaimMeanings
{
    public const string Unknown = "Donnée que cet exemple ne connaît pas";

    private static readonly Dictionary<string, string> Meanings = new(StringComparer.Ordinal)
    {
        ["sub"] = "Identifiant technique, stable, de la personne chez ce fournisseur",
        ["preferred_username"] = "Identifiant national",
        ["SubjectNameID"] = "Identifiant national (idNat_PS) : « 8 » suivi du numéro RPPS, « 0 » suivi du numéro ADELI…",
        ["given_name"] = "Prénom d'état civil",
        ["family_name"] = "Nom d'état civil",
        ["name"] = "Nom complet",
        ["email_verified"] = "Adresse électronique vérifiée (aucune n'est transmise)",
        ["authMode"] = "Moyen utilisé : CARD pour la carte CPx, MOBILE pour l'e-CPS",
        ["codeCivilite"] = "Civilité : M ou MME",
        ["Secteur_Activite"] = "Secteur d'activité principal (TRE_R02), suivi de l'OID de la nomenclature",
        ["SubjectOrganization"] = "Structure d'exercice principale",
        ["SubjectOrganizationID"] = "Identifiant de cette structure",
        ["SubjectRole"] = "Profession, suivie de l'OID de la nomenclature",
        ["Mode_Acces_Raison"] = "Raison d'un accès en mode bris de glace (VIHF)",
        ["Acces_Regulation_Medicale"] = "Accès dans le cadre de la régulation médicale (VIHF)",
        ["UITVersion"] = "Version du format des données",
        ["Palier_Authentification"] = "Palier d'authentification (TRE_R231)",
        ["PSI_Locale"] = "Référentiel des identifiants de personnes",

        ["otherIds"] = "Autres identifiants",
        ["identifiant"] = "Valeur de l'identifiant",
        ["origine"] = "Répertoire qui l'a attribué",
        ["qualite"] = "Qualité de l'identifiant",

        ["exercices"] = "Exercices professionnels",
        ["codeProfession"] = "Profession (TRE_G15), par exemple 10 pour un médecin",
        ["codeCategorieProfessionnelle"] = "Catégorie (TRE_R09) : C civil, E étudiant, F fonctionnaire, M militaire",
        ["codeCiviliteDexercice"] = "Civilité d'exercice (TRE_R11), par exemple DR",
        ["nomDexercice"] = "Nom d'exercice",
        ["prenomDexercice"] = "Prénom d'exercice",
        ["codeTypeSavoirFaire"] = "Type de savoir-faire (TRE_R04), par exemple S pour une spécialité",
        ["codeSavoirFaire"] = "Savoir-faire, par exemple SM54 pour la médecine générale (TRE_R38)",

        ["activities"] = "Situations d'exercice",
        ["codeModeExercice"] = "Mode d'exercice (TRE_R23) : L libéral, S salarié, B bénévole",
        ["codeSecteurDactivite"] = "Secteur d'activité (TRE_R02)",
        ["codeSectionPharmacien"] = "Section du tableau de l'Ordre des pharmaciens (TRE_R06)",
        ["codeRole"] = "Fonction (TRE_R21)",
        ["codeGenreActivite"] = "Genre d'activité (TRE_R22)",
        ["numeroSiretSite"] = "Numéro SIRET du site",
        ["numeroSirenSite"] = "Numéro SIREN du site",
        ["numeroFinessSite"] = "Numéro FINESS du site",
        ["numeroFinessetablissementJuridique"] = "Numéro FINESS de l'entité juridique",
        ["identifiantTechniqueDeLaStructure"] = "Identifiant technique de la structure",
        ["raisonSocialeSite"] = "Raison sociale",
        ["enseigneCommercialeSite"] = "Enseigne commerciale",
        ["complementDestinataire"] = "Complément de destinataire",
        ["complementPointGeographique"] = "Complément de point géographique",
        ["numeroVoie"] = "Numéro dans la voie",
        ["indiceRepetitionVoie"] = "Indice de répétition (bis, ter…)",
        ["codeTypeDeVoie"] = "Type de voie",
        ["libelleVoie"] = "Nom de la voie",
        ["mentionDistribution"] = "Mention de distribution",
        ["bureauCedex"] = "Bureau distributeur",
        ["codePostal"] = "Code postal",
        ["codeCommune"] = "Code INSEE de la commune",
        ["codePays"] = "Code INSEE du pays",
        ["telephone"] = "Téléphone professionnel",
        ["telephone2"] = "Second téléphone",
        ["telecopie"] = "Télécopie",
        ["adresseEMail"] = "Adresse électronique professionnelle",
        ["codeDepartement"] = "Département",
        ["ancienIdentifiantDeLaStructure"] = "Ancien identifiant de la structure",
        ["autoriteDenregistrement"] = "Autorité d'enregistrement",
    };

    private static readonly Dictionary<string, string> Titles = new(StringComparer.Ordinal)
    {
        ["SubjectRefPro"] = "Référentiel professionnel",
        ["exercices"] = "Exercice professionnel",
        ["activities"] = "Situation d'exercice",
        ["otherIds"] = "Identifiant",
    };

    public static string Of(string claim) => Meanings.GetValueOrDefault(claim, Unknown);

    /// <summary>The caption of the table for a nested claim.</summary>
    public static string TitleOf(string claim) => Titles.GetValueOrDefault(claim, claim);
}
