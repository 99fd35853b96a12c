namespace ProSanteConnect.Server.Protocol;

/// <summary>The paths of Pro Santé Connect (psc-protocol §2.2), without their leading slash, as OpenIddict expects them.</summary>
internal static class ProtocolPaths
{
    public const string Realm = "auth/realms/esante-wallet";

    /// <summary>The authorization page of the "wallet" host.</summary>
    public const string WalletAuthorization = "auth";

    public const string Authorization = Realm + "/protocol/openid-connect/auth";
    public const string Token = Realm + "/protocol/openid-connect/token";
    public const string Introspection = Realm + "/protocol/openid-connect/token/introspect";
    public const string UserInfo = Realm + "/protocol/openid-connect/userinfo";
    public const string EndSession = Realm + "/protocol/openid-connect/logout";
    public const string JsonWebKeySet = Realm + "/protocol/openid-connect/certs";
    public const string Revocation = Realm + "/protocol/openid-connect/revoke";

    public const string WalletConfiguration = Realm + "/.well-known/wallet-openid-configuration";
    public const string Configuration = Realm + "/.well-known/openid-configuration";

    /// <summary>The paths that are read with GET.</summary>
    public static IReadOnlyList<string> Read { get; } = [JsonWebKeySet, WalletConfiguration, Configuration];

    /// <summary>The paths that take POST only (RFC 6749, section 3.2; RFC 7009, section 2.1; RFC 7662, section 2.1).</summary>
    public static IReadOnlyList<string> Posted { get; } = [Token, Introspection, Revocation];

    /// <summary>The paths that take GET and POST.</summary>
    public static IReadOnlyList<string> ReadOrPosted { get; } = [WalletAuthorization, Authorization, UserInfo, EndSession];
}
