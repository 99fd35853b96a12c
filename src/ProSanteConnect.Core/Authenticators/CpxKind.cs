namespace ProSanteConnect.Core.Authenticators;

/// <summary>The kind of a CPx card (NOS terminology TRE_G02, extension 1.2.250.1.71.1.2.2).</summary>
public enum CpxKind
{
    /// <summary>Carte de professionnel de santé.</summary>
    Cps = 0,

    /// <summary>Carte de professionnel de santé en formation.</summary>
    Cpf = 1,

    /// <summary>Carte de personnel d'établissement, or de directeur d'établissement.</summary>
    Cpe = 2,

    /// <summary>Carte de personnel autorisé, or de directeur autorisé.</summary>
    Cpa = 3,
}
