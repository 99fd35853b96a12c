using ProSanteConnect.Server.Shared.Origins;

namespace ProSanteConnect.Sandbox.Start;

/// <summary>
/// Follows the origin that was called, so that an application whose PSC host names point at this machine works unchanged: the
/// hosts <c>auth.x</c> and <c>wallet.x</c> belong together as they do at PSC, any other name is both.
/// </summary>
internal sealed class SandboxOrigins(SandboxArguments arguments) : PublicOrigins
{
    private const string AuthPrefix = "auth.";
    private const string WalletPrefix = "wallet.";
    private const string ReturnParameter = "retour";

    private readonly HashSet<string> _names = new(arguments.Names, StringComparer.OrdinalIgnoreCase);

    /// <summary>The wallet that the command line names, else this machine without TLS, whose certificate no browser knows.</summary>
    public override string WalletInMessages =>
        arguments.Hosts.FirstOrDefault(host => host.StartsWith(WalletPrefix, StringComparison.OrdinalIgnoreCase)) is { } wallet
            ? new UriBuilder(Uri.UriSchemeHttps, wallet, arguments.HttpsPort).Uri.GetLeftPart(UriPartial.Authority)
            : $"http://localhost:{arguments.HttpPort}";

    public override string Auth(HttpRequest request) => OriginOf(request, Sibling(request.Host.Host, WalletPrefix, AuthPrefix));

    public override string Wallet(HttpRequest request) => OriginOf(request, Sibling(request.Host.Host, AuthPrefix, WalletPrefix));

    public override string Card(HttpRequest request) => $"https://{request.Host.Host}:{arguments.CardPort}";

    /// <summary>One card listener serves several origins, so the link tells it which one to go back to.</summary>
    public override string CardUrl(HttpRequest request, string path) =>
        $"{Card(request)}{path}?{ReturnParameter}={Uri.EscapeDataString(Wallet(request))}";

    public override string WalletBehind(HttpRequest cardRequest)
    {
        var claimed = cardRequest.Query[ReturnParameter].ToString();
        return Uri.TryCreate(claimed, UriKind.Absolute, out var uri) && _names.Contains(uri.Host) && IsPort(uri)
            ? uri.GetLeftPart(UriPartial.Authority)
            : $"https://{cardRequest.Host.Host}:{arguments.HttpsPort}";
    }

    public override bool IsOurs(string issuer) =>
        Uri.TryCreate(issuer, UriKind.Absolute, out var uri)
        && _names.Contains(uri.Host)
        && issuer == IssuerOf(uri.GetLeftPart(UriPartial.Authority));

    private bool IsPort(Uri uri) => uri.Scheme == Uri.UriSchemeHttps ? uri.Port != arguments.CardPort : uri.Port == arguments.HttpPort;

    private string Sibling(string host, string prefix, string other)
    {
        var sibling = host.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) ? other + host[prefix.Length..] : host;
        return _names.Contains(sibling) ? sibling : host;
    }

    private static string OriginOf(HttpRequest request, string host) =>
        $"{request.Scheme}://{(request.Host.Port is { } port ? new HostString(host, port) : new HostString(host))}";
}
