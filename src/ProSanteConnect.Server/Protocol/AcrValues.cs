using ProSanteConnect.Core.SignIn;

namespace ProSanteConnect.Server.Protocol;

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
