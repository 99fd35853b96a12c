using Microsoft.Extensions.Options;

namespace ProSanteConnect.Server.Protocol.Origins;

/// <summary>The production's origins: what the configuration says, whatever the Host header claims.</summary>
internal sealed class ConfiguredOrigins(IOptions<OriginOptions> options) : PublicOrigins
{
    private readonly string _auth = Normalize(options.Value.Auth);
    private readonly string _wallet = Normalize(options.Value.Wallet ?? options.Value.Auth);
    private readonly string _card = Normalize(options.Value.Card);

    public override string WalletInMessages => _wallet;

    public override string? WalletDomain => new Uri(_wallet).Host;

    public override string Auth(HttpRequest request) => _auth;

    public override string Wallet(HttpRequest request) => _wallet;

    public override string Card(HttpRequest request) => _card;

    public override string WalletBehind(HttpRequest cardRequest) => _wallet;

    public override bool IsOurs(string issuer) => issuer == IssuerOf(_auth);

    private static string Normalize(string origin) => new Uri(origin).GetLeftPart(UriPartial.Authority);
}
