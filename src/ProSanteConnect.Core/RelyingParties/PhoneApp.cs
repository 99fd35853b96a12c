namespace ProSanteConnect.Core.RelyingParties;

/// <summary>The e-CPS app as a client of the token endpoint: a public client, registered at start, with two grant types of its own.</summary>
public static class PhoneApp
{
    public const string ClientId = "ecps-app";

    public static IReadOnlyList<string> GrantTypes { get; } = [ClientGrantTypes.ECpsQrCode, ClientGrantTypes.ECpsCode];

    public static ClientRegistration Registration { get; } = new()
    {
        ClientId = ClientId,
        Name = "Application e-CPS",
        Type = ClientType.Public,
        GrantTypes = GrantTypes,
        Scopes = [],
    };
}
