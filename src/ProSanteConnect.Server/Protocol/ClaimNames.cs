namespace ProSanteConnect.Server.Protocol;

/// <summary>Every name on the wire, verbatim, the odd spellings kept (psc-protocol §4, §5).</summary>
internal static class ClaimNames
{
    public const string AccessRegulation = "Acces_Regulation_Medicale";
    public const string AccessMode = "Mode_Acces_Raison";
    public const string ActiveSector = "Secteur_Activite";
    public const string AuthenticationLevel = "Palier_Authentification";
    public const string AuthMode = "authMode";
    public const string CivilityCode = "codeCivilite";
    public const string KindOfActivityCode = "codeGenreActivite";
    public const string Locale = "PSI_Locale";
    public const string NotBeforePolicy = "not-before-policy";
    public const string Organization = "SubjectOrganization";
    public const string OrganizationId = "SubjectOrganizationID";
    public const string OtherIds = "otherIds";
    public const string RefreshExpiresIn = "refresh_expires_in";
    public const string RefPro = "SubjectRefPro";
    public const string Role = "SubjectRole";
    public const string SessionState = "session_state";
    public const string Sid = "sid";
    public const string SubjectNameId = "SubjectNameID";
    public const string UserInfoVersion = "UITVersion";
}
