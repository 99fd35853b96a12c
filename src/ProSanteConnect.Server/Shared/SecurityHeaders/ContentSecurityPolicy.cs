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

    /// <summary>A letter in a frame: links open elsewhere, nothing in it runs, is sent or is fetched.</summary>
    private const string Letter =
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; base-uri 'none'; form-action 'none'; sandbox allow-popups allow-popups-to-escape-sandbox";

    private readonly List<string> _formTargets = [];
    private bool _hasFrames;

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

    public void AllowFrames() => _hasFrames = true;

    /// <summary>Whether the answer is a letter, which pages of ours show in a frame.</summary>
    public bool IsLetter { get; private set; }

    public void BeLetter() => IsLetter = true;

    public void AllowFormToAnyWebsite() => _formTargets.Add("https:");

    public override string ToString()
    {
        if (IsLetter) return Letter;

        var frames = _hasFrames ? "frame-src 'self'; " : "";
        var policy = $"default-src 'none'; script-src 'self' 'nonce-{Nonce}'; {frames}{Rest}";
        return _formTargets.Count == 0 ? policy : $"{policy} {string.Join(' ', _formTargets.Distinct())}";
    }
}
