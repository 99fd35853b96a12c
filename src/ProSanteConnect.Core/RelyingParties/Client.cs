using System.Text.RegularExpressions;

namespace ProSanteConnect.Core.RelyingParties;

/// <summary>A registered relying party (OAuth client): its addresses, grant types, scopes and policies.</summary>
public sealed class Client
{
    public required string ClientId { get; init; }

    /// <summary>The name shown on the sign-in page.</summary>
    public required string Name { get; set; }

    public required ClientType Type { get; set; }

    /// <summary>The SHA-256 of the secrets in force; two during a rotation. Secrets are 256 random bits made by this provider.</summary>
    public IReadOnlyList<string> SecretHashes { get; set; } = [];

    public IReadOnlyList<string> RedirectUris { get; set; } = [];
    public IReadOnlyList<string> PostLogoutRedirectUris { get; set; } = [];

    /// <summary>For example <c>authorization_code</c>, <c>refresh_token</c>, <c>client_credentials</c>.</summary>
    public IReadOnlyList<string> GrantTypes { get; set; } = [];

    public IReadOnlyList<string> Scopes { get; set; } = [];

    /// <summary>Whether an authorization request must carry a PKCE challenge; always true for a public client (RFC 9700, 2.1.1).</summary>
    public bool RequirePkce { get; set; }

    /// <summary>
    /// Whether a refresh token can be used once only. Always true for a public client; false by default for a confidential one, because
    /// Pro Santé Connect lets such a client reuse its refresh token until it expires (design §3).
    /// </summary>
    public bool StrictRefreshRotation { get; set; }

    /// <summary>Whether the client, a resource server, may introspect tokens issued to other clients (psc-protocol §1, 16).</summary>
    public bool MayIntrospectOthers { get; set; }

    /// <summary>
    /// Whether <c>acr</c> in the ID token repeats the requested level instead of the one that was reached, for connectors of 2023 that accept no
    /// other value (psc-protocol §13, D16). Any means then satisfies any requested level.
    /// </summary>
    public bool EchoRequestedAcr { get; set; }

    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; set; }

    public bool IsPublic => Type == ClientType.Public;

    /// <summary>Whether refresh tokens rotate strictly; required for public clients by RFC 9700, section 2.2.2.</summary>
    public bool RotatesStrictly => IsPublic || StrictRefreshRotation;

    /// <summary>
    /// Whether an authorization response may be sent to this address: one that is registered, character by character, or for a native application (a
    /// public client) the same address of the loopback interface with another port (RFC 8252, section 7.3).
    /// </summary>
    public bool AllowsRedirectUri(string uri) =>
        RedirectUris.Contains(uri, StringComparer.Ordinal)
        || (IsPublic && RegisteredUri.WithoutLoopbackPort(uri) is { } requested
            && RedirectUris.Any(registered => RegisteredUri.WithoutLoopbackPort(registered) == requested));
}

/// <summary>The client types of RFC 6749, section 2.1.</summary>
public enum ClientType
{
    Confidential,
    Public,
}

/// <summary>The grant types that a client can be registered for.</summary>
public static class ClientGrantTypes
{
    public const string AuthorizationCode = "authorization_code";
    public const string RefreshToken = "refresh_token";
    public const string ClientCredentials = "client_credentials";

    /// <summary>Exchanges a scanned QR code for a pairing token (design §2); for the phone app only.</summary>
    public const string ECpsQrCode = "urn:prosanteconnect:params:oauth:grant-type:ecps-qr";

    /// <summary>Exchanges a pairing token, with its code, for an enrolment token (design §2); for the phone app only.</summary>
    public const string ECpsCode = "urn:prosanteconnect:params:oauth:grant-type:ecps-code";

    public static IReadOnlyList<string> Known { get; } = [AuthorizationCode, RefreshToken, ClientCredentials];
}

/// <summary>
/// Checks redirect URIs at registration. They are compared character by character at run time (RFC 9700, 2.1), so only an
/// unambiguous form is accepted.
/// </summary>
internal static partial class RegisteredUri
{
    private const int MaxLength = 2000;

    // RFC 3986, 2.2 and 2.3, without "#" (fragment) and "*" (a wildcard in other products).
    private const string Punctuation = "-._~:/?[]@!$&'()+,;=%";

    private static readonly string[] LoopbackHosts = ["localhost", "127.0.0.1", "[::1]"];

    /// <summary>The fault of the address as the end of a French sentence; null when it is valid.</summary>
    /// <param name="text">The address.</param>
    /// <param name="isNative">Whether the client is a native application, which may have a scheme of its own (RFC 8252, section 7.1).</param>
    public static string? FaultOf(string text, bool isNative)
    {
        if (text.Contains('#', StringComparison.Ordinal)) return "ne doit pas avoir de fragment (#).";
        if (text.Contains('*', StringComparison.Ordinal)) return "ne doit pas avoir de joker (*) : l'adresse est comparée caractère par caractère.";
        if (text.Length > MaxLength) return $"a plus de {MaxLength} caractères.";
        if (!text.All(c => char.IsAsciiLetterOrDigit(c) || Punctuation.Contains(c, StringComparison.Ordinal)) || HasStrayPercent(text))
            return "a un caractère qu'une adresse ne peut pas avoir : écrivez-le en %XX.";

        if (isNative && PrivateScheme().IsMatch(text)) return null;

        var isHttps = text.StartsWith("https://", StringComparison.Ordinal);
        if (!isHttps && !text.StartsWith("http://", StringComparison.Ordinal)) return "doit être absolue et commencer par https://.";
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Host.Length == 0) return "n'est pas une adresse absolue.";
        if (uri.UserInfo.Length > 0) return "ne doit pas porter de nom d'utilisateur.";
        if (!isHttps && !IsLoopback(text)) return "doit être en https : http n'est admis que vers la machine elle-même.";

        return null;
    }

    /// <summary>An address of the loopback interface without its port; null for another one, also for the name localhost (RFC 8252, section 8.3).</summary>
    public static string? WithoutLoopbackPort(string text) =>
        LoopbackLiteral().Match(text) is { Success: true } loopback ? $"{loopback.Groups["host"].Value}{loopback.Groups["rest"].Value}" : null;

    // A name in reverse that its owner controls, so that no two applications choose the same: com.example.app:/callback.
    [GeneratedRegex(@"\A[a-z][a-z0-9+-]*(\.[a-z0-9+-]+)+:/[^/]", RegexOptions.NonBacktracking)]
    private static partial Regex PrivateScheme();

    [GeneratedRegex(@"\Ahttp://(?<host>127\.0\.0\.1|\[::1\])(:[0-9]{1,5})?(?<rest>([/?].*)?)\z", RegexOptions.NonBacktracking)]
    private static partial Regex LoopbackLiteral();

    // Reads the text, because Uri.IsLoopback also accepts "loopback" and "127.1", which browsers may treat differently.
    private static bool IsLoopback(string text) => LoopbackHosts
        .Select(host => $"http://{host}")
        .Any(origin => text.StartsWith(origin, StringComparison.Ordinal) && (text.Length == origin.Length || text[origin.Length] is ':' or '/' or '?'));

    private static bool HasStrayPercent(string text)
    {
        for (var at = text.IndexOf('%', StringComparison.Ordinal); at >= 0; at = text.IndexOf('%', at + 1))
        {
            if (at + 2 >= text.Length || !char.IsAsciiHexDigit(text[at + 1]) || !char.IsAsciiHexDigit(text[at + 2])) return true;
        }

        return false;
    }
}
