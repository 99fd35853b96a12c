namespace ProSanteConnect.Core.RelyingParties;

/// <summary>The grant types that a client may be registered for: those that work here, and no other.</summary>
public static class ClientGrantTypes
{
    public const string AuthorizationCode = "authorization_code";
    public const string RefreshToken = "refresh_token";
    public const string ClientCredentials = "client_credentials";

    public static IReadOnlyList<string> Known { get; } = [AuthorizationCode, RefreshToken, ClientCredentials];
}
