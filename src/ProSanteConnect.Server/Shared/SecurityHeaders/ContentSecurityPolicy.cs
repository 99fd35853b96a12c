using System.Buffers.Text;
using System.Security.Cryptography;

namespace ProSanteConnect.Server.Shared.SecurityHeaders;

/// <summary>The policy of one answer: nothing but our own files, and the inline scripts that carry its nonce.</summary>
internal sealed class ContentSecurityPolicy
{
    private const string Rest =
        "style-src 'self'; img-src 'self' data:; connect-src 'self'; manifest-src 'self'; worker-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

    /// <summary>The policy of an answer that asked for nothing special.</summary>
    public const string Default = $"default-src 'none'; script-src 'self'; {Rest}";

    private readonly List<string> _formTargets = [];

    public string Nonce { get; } = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));

    /// <summary>
    /// Lets a form of the page lead to this address, at once or by redirects: browsers hold form-action against each of them.
    /// An address of a native application counts by its scheme.
    /// </summary>
    public void AllowForm(Uri target)
    {
        var isWeb = target.Scheme == Uri.UriSchemeHttps || target.Scheme == Uri.UriSchemeHttp;
        _formTargets.Add(isWeb ? target.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped) : $"{target.Scheme}:");
    }

    public void AllowFormToAnyWebsite() => _formTargets.Add("https:");

    public override string ToString()
    {
        var policy = $"default-src 'none'; script-src 'self' 'nonce-{Nonce}'; {Rest}";
        return _formTargets.Count == 0 ? policy : $"{policy} {string.Join(' ', _formTargets.Distinct())}";
    }
}
