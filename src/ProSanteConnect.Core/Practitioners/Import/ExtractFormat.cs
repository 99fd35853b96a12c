namespace ProSanteConnect.Core.Practitioners.Import;

public enum ExtractFormat
{
    /// <summary>"Extraction_ProSanteConnect_Personne_activite" and what pscextract makes of it: civil status and contact details.</summary>
    Restricted,

    /// <summary>"PS_LibreAcces_Personne_activite": what everybody may know.</summary>
    Public,
}
