namespace ProSanteConnect.Core.RelyingParties;

/// <summary>The grant types that a client may be registered for: those that work here, and no other.</summary>
public static class ClientGrantTypes
{
    public const string AuthorizationCode = "authorization_code";
    public const string RefreshToken = "refresh_token";
    public const string ClientCredentials = "client_credentials";

    /// <summary>A scanned QR code for a pairing token (design §2): for the phone app alone.</summary>
    public const string ECpsQrCode = "urn:prosanteconnect:params:oauth:grant-type:ecps-qr";

    /// <summary>A pairing token, with its code, for an enrolment token (design §2): for the phone app alone.</summary>
    public const string ECpsCode = "urn:prosanteconnect:params:oauth:grant-type:ecps-code";

    public static IReadOnlyList<string> Known { get; } = [AuthorizationCode, RefreshToken, ClientCredentials];
}
