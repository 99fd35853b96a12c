using OpenIddict.Abstractions;
using ProSanteConnect.Core.SingleSignOn;
using static OpenIddict.Abstractions.OpenIddictConstants;

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

/// <summary>The levels of assurance on the wire (psc-protocol §3.2, D11, D16; ADR on acr values).</summary>
internal static class AcrValues
{
    public const string Eidas1 = "eidas1";
    public const string Eidas2 = "eidas2";
    public const string Eidas3 = "eidas3";

    public static readonly IReadOnlyList<string> Supported = [Eidas1, Eidas2, Eidas3];

    /// <summary>The first known level of a request: all of them are met by two factors. Null when none is known.</summary>
    public static string? FirstKnown(IEnumerable<string> requested) => requested.FirstOrDefault(Supported.Contains);

    /// <summary>What the sign-in really was, as the access token says it: a card is eidas3, and so is the e-CPS, its equal (RIE §4.2.3).</summary>
    public static string Reached(AuthMode mode) => mode switch
    {
        AuthMode.Card or AuthMode.Mobile => Eidas3,
        _ => Eidas1,
    };
}

/// <summary>
/// The scopes that are granted for the requested ones: <c>scope_all</c> stands for the whole identity and brings <c>openid</c>
/// along, because several existing clients send it alone (ADR 0021).
/// </summary>
internal static class GrantedScopes
{
    private const string All = "scope_all";

    public static IReadOnlyList<string> Of(OpenIddictRequest request)
    {
        var scopes = request.GetScopes();
        if (scopes.IsEmpty) return [Scopes.OpenId];

        return scopes.Contains(All) ? [.. new[] { Scopes.OpenId, Scopes.Profile, All, "identity" }.Union(scopes)] : scopes;
    }
}
