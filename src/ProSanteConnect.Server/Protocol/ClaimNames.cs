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

/// <summary>The levels of assurance on the wire (psc-protocol §13, D11 and D16; ADR 0039).</summary>
internal static class AcrValues
{
    public const string Eidas1 = "eidas1";
    public const string Eidas2 = "eidas2";
    public const string Eidas3 = "eidas3";

    /// <summary>The levels that a sign-in can reach, the lowest first.</summary>
    public static readonly IReadOnlyList<string> Supported = [Eidas1, Eidas2];

    /// <summary>The level that a sign-in reaches: only a card is a certified means, and the key of a phone is not attested.</summary>
    public static string Reached(AuthMode mode) => mode == AuthMode.Card ? Eidas2 : Eidas1;

    /// <summary>The level in an access token: for a card <c>eidas3</c>, as in real access tokens of PSC (psc-protocol §4.2).</summary>
    public static string OfAccessToken(AuthMode mode) => mode == AuthMode.Card ? Eidas3 : Eidas1;
}

/// <summary>The level of assurance that an authorization request demands (<c>acr_values</c>: OpenID Connect Core, section 3.1.2.1).</summary>
internal sealed record RequestedLevel
{
    private static readonly string[] Known = [AcrValues.Eidas1, AcrValues.Eidas2, AcrValues.Eidas3];

    private RequestedLevel(string acr, bool echo) => (Acr, IsEchoed) = (acr, echo);

    /// <summary>The number of the level: 1 for <c>eidas1</c>.</summary>
    public int Number => Array.IndexOf(Known, Acr) + 1;

    /// <summary>The only means that reaches the level; null when each does.</summary>
    public AuthMode? RequiredAuthMode => IsReachedBy(AuthMode.Mobile) ? null : AuthMode.Card;

    private string Acr { get; }

    private bool IsEchoed { get; }

    /// <summary>
    /// The lowest of the requested levels that a sign-in can reach, because each of them satisfies the request. For a client that expects
    /// the requested level in the ID token: the first known level. Null when there is none.
    /// </summary>
    public static RequestedLevel? Of(IReadOnlyCollection<string> requested, bool echo)
    {
        var acr = echo ? requested.FirstOrDefault(Known.Contains) : AcrValues.Supported.FirstOrDefault(requested.Contains);
        return acr is null ? null : new RequestedLevel(acr, echo);
    }

    /// <summary>The level of a request that names none.</summary>
    public static RequestedLevel Default(bool echo) => new(AcrValues.Eidas1, echo);

    public bool IsReachedBy(AuthMode mode) => IsEchoed || Acr == AcrValues.Eidas1 || AcrValues.Reached(mode) == Acr;

    /// <summary>The claim <c>acr</c> of the ID token.</summary>
    public string AcrFor(AuthMode mode) => IsEchoed ? Acr : AcrValues.Reached(mode);
}

/// <summary>
/// The scopes that are granted for the requested ones: <c>scope_all</c> stands for the whole identity and brings <c>openid</c>
/// along, because several existing clients send it alone (ADR 0021).
/// </summary>
internal static class GrantedScopes
{
    private const string All = "scope_all";

    /// <summary>Scopes that PSC advertises and clients request, which open nothing here: they are accepted and not granted.</summary>
    public static readonly IReadOnlyList<string> WithoutEffect = [Scopes.OfflineAccess, Scopes.Phone, Scopes.Address, Scopes.Roles, "web-origins", "microprofile-jwt"];

    public static IReadOnlyList<string> Of(OpenIddictRequest request)
    {
        var scopes = request.GetScopes();
        if (scopes.IsEmpty) return [Scopes.OpenId];

        return scopes.Contains(All) ? [.. new[] { Scopes.OpenId, Scopes.Profile, All, "identity" }.Union(scopes)] : [.. scopes.Distinct()];
    }
}
