using ProSanteConnect.Core.Delivery;
using ProSanteConnect.Server.Shared.Origins;

namespace ProSanteConnect.Sandbox.Start;

/// <summary>
/// Derives the public origins from the host of the request, so that an application works unchanged when the PSC host names resolve to
/// this machine. The hosts <c>auth.x</c> and <c>wallet.x</c> form a pair as at PSC; any other name serves as both.
/// </summary>
internal sealed class SandboxOrigins(SandboxArguments arguments) : PublicOrigins
{
    private const string AuthPrefix = "auth.";
    private const string WalletPrefix = "wallet.";
    private const string ReturnParameter = "retour";

    private readonly HashSet<string> _names = new(arguments.Names, StringComparer.OrdinalIgnoreCase);

    /// <summary>The wallet host of the command line, else <c>http://localhost</c>: no browser trusts the TLS certificate of the sandbox.</summary>
    public override string WalletInMessages =>
        arguments.Hosts.FirstOrDefault(host => host.StartsWith(WalletPrefix, StringComparison.OrdinalIgnoreCase)) is { } wallet
            ? new UriBuilder(Uri.UriSchemeHttps, wallet, arguments.HttpsPort).Uri.GetLeftPart(UriPartial.Authority)
            : $"http://localhost:{arguments.HttpPort}";

    public override string Auth(HttpRequest request) => OriginOf(request, Sibling(request.Host.Host, WalletPrefix, AuthPrefix));

    public override string Wallet(HttpRequest request) => OriginOf(request, Sibling(request.Host.Host, AuthPrefix, WalletPrefix));

    public override string Card(HttpRequest request) => $"https://{request.Host.Host}:{arguments.CardPort}";

    /// <summary>One card listener serves several origins, so the link names the origin to return to.</summary>
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

    /// <summary>The wallet origin of a request, or null when its host is none of ours.</summary>
    public string? KnownWallet(HttpRequest request) => _names.Contains(request.Host.Host) ? Wallet(request) : null;

    private bool IsPort(Uri uri) => uri.Scheme == Uri.UriSchemeHttps ? uri.Port != arguments.CardPort : uri.Port == arguments.HttpPort;

    private string Sibling(string host, string prefix, string other)
    {
        var sibling = host.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) ? other + host[prefix.Length..] : host;
        return _names.Contains(sibling) ? sibling : host;
    }

    private static string OriginOf(HttpRequest request, string host) =>
        $"{request.Scheme}://{(request.Host.Port is { } port ? new HostString(host, port) : new HostString(host))}";
}

/// <summary>The origin of the current request: mails of the sandbox lead to where the person is.</summary>
internal sealed class AskedOrigin(IHttpContextAccessor accessor, SandboxArguments arguments) : IAskedOrigin
{
    private readonly SandboxOrigins _origins = new(arguments);

    public string? Current => accessor.HttpContext is { } http ? _origins.KnownWallet(http.Request) : null;
}
