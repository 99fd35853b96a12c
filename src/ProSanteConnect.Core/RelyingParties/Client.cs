namespace ProSanteConnect.Core.RelyingParties;

/// <summary>A relying party: who may ask, from where, for what, and under which policies.</summary>
public sealed class Client
{
    public required string ClientId { get; init; }

    /// <summary>The name that a practitioner reads on the sign-in page.</summary>
    public required string Name { get; set; }

    public required ClientType Type { get; set; }

    /// <summary>SHA-256 of the secrets in force (two while one replaces the other); secrets are 256 random bits made by us.</summary>
    public IReadOnlyList<string> SecretHashes { get; set; } = [];

    public IReadOnlyList<string> RedirectUris { get; set; } = [];
    public IReadOnlyList<string> PostLogoutRedirectUris { get; set; } = [];

    /// <summary>For example <c>authorization_code</c>, <c>refresh_token</c>, <c>client_credentials</c>.</summary>
    public IReadOnlyList<string> GrantTypes { get; set; } = [];

    public IReadOnlyList<string> Scopes { get; set; } = [];

    /// <summary>Whether a code request must carry a PKCE challenge; always so for a public client (RFC 9700, 2.1.1).</summary>
    public bool RequirePkce { get; set; }

    /// <summary>
    /// Whether a refresh token is good once only. Always so for a public client; off by default for a confidential one,
    /// because PSC's engine lets such a client present the same token again while it lives (design §3).
    /// </summary>
    public bool StrictRefreshRotation { get; set; }

    /// <summary>Whether the client, a resource server, may introspect tokens that were issued to others (psc-protocol §1, 16).</summary>
    public bool MayIntrospectOthers { get; set; }

    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; set; }

    public bool IsPublic => Type == ClientType.Public;

    /// <summary>RFC 9700 2.2.2 asks it of every public client.</summary>
    public bool RotatesStrictly => IsPublic || StrictRefreshRotation;
}

/// <summary>RFC 6749, section 2.1.</summary>
public enum ClientType
{
    Confidential,
    Public,
}

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

/// <summary>
/// Whether an address may be registered to send a browser back to. It is compared character by character later
/// (RFC 9700, 2.1), so only a form that leaves nothing to interpret is taken.
/// </summary>
internal static class RegisteredUri
{
    private const int MaxLength = 2000;

    // RFC 3986, 2.2 and 2.3, without "#" (a fragment) and "*" (a wildcard, elsewhere).
    private const string Punctuation = "-._~:/?[]@!$&'()+,;=%";

    private static readonly string[] LoopbackHosts = ["localhost", "127.0.0.1", "[::1]"];

    /// <summary>What is wrong with the address, as the end of a French sentence; null when nothing is.</summary>
    public static string? FaultOf(string text)
    {
        if (text.Contains('#', StringComparison.Ordinal)) return "ne doit pas avoir de fragment (#).";
        if (text.Contains('*', StringComparison.Ordinal)) return "ne doit pas avoir de joker (*) : l'adresse est comparée caractère par caractère.";
        if (text.Length > MaxLength) return $"a plus de {MaxLength} caractères.";
        if (!text.All(c => char.IsAsciiLetterOrDigit(c) || Punctuation.Contains(c, StringComparison.Ordinal)) || HasStrayPercent(text))
            return "a un caractère qu'une adresse ne peut pas avoir : écrivez-le en %XX.";

        var isHttps = text.StartsWith("https://", StringComparison.Ordinal);
        if (!isHttps && !text.StartsWith("http://", StringComparison.Ordinal)) return "doit être absolue et commencer par https://.";
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Host.Length == 0) return "n'est pas une adresse absolue.";
        if (uri.UserInfo.Length > 0) return "ne doit pas porter de nom d'utilisateur.";
        if (!isHttps && !IsLoopback(text)) return "doit être en https : http n'est admis que vers la machine elle-même.";

        return null;
    }

    // Read off the text: .NET takes "loopback" and "127.1" for the machine itself too, and a browser may not.
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
