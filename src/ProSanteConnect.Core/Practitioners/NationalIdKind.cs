namespace ProSanteConnect.Core.Practitioners;

/// <summary>The type that opens a national identifier of a person (NOS terminology TRE_G08).</summary>
public enum NationalIdKind
{
    Adeli = 0,
    AdeliPractice = 1,
    Finess = 3,
    Siren = 4,
    Siret = 5,
    RppsPractice = 6,
    Rpps = 8,
}
