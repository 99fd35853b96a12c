using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace ProSanteConnect.Server.Protocol;

/// <summary>
/// What is granted to whoever asks for these scopes: <c>scope_all</c> stands for the whole identity and brings <c>openid</c>
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
