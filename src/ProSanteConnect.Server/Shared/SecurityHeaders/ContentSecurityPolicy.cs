using System.Buffers.Text;
using System.Security.Cryptography;

namespace ProSanteConnect.Server.Shared.SecurityHeaders;

/// <summary>The policy of one response: our own files, and inline scripts with its nonce.</summary>
internal sealed class ContentSecurityPolicy
{
    private const string Rest =
        "style-src 'self'; img-src 'self' data:; connect-src 'self'; manifest-src 'self'; worker-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

    /// <summary>The default policy.</summary>
    public const string Default = $"default-src 'none'; script-src 'self'; {Rest}";

    /// <summary>The policy of a message in a frame: links open in another tab; no script, form or request.</summary>
    private const string Letter =
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; base-uri 'none'; form-action 'none'; sandbox allow-popups allow-popups-to-escape-sandbox";

    private readonly List<string> _formTargets = [];
    private bool _hasFrames;

    public string Nonce { get; } = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));

    /// <summary>
    /// Lets a form of the page lead to this address, directly or by redirects: browsers check form-action for each of them.
    /// Of a native application's address, only the scheme is listed; so is it of an IPv6 address, which a policy cannot name (CSP3, section 2.3.1).
    /// </summary>
    public void AllowForm(Uri target)
    {
        var isWeb = target.Scheme == Uri.UriSchemeHttps || target.Scheme == Uri.UriSchemeHttp;
        _formTargets.Add(isWeb && target.HostNameType != UriHostNameType.IPv6 ? target.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped) : $"{target.Scheme}:");
    }

    public void AllowFrames() => _hasFrames = true;

    /// <summary>Whether the response is a message, which our pages show in a frame.</summary>
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

/// <summary>What a page may change in the Content-Security-Policy of its response.</summary>
internal static class CspExtensions
{
    /// <summary>The nonce for the inline scripts of this page: <c>&lt;script nonce="@HttpContext.CspNonce()"&gt;</c>.</summary>
    public static string CspNonce(this HttpContext context) => context.Csp().Nonce;

    /// <summary>Lets a form of this page lead to the address: a client's redirect URI, or the card listener.</summary>
    public static void AllowFormTo(this HttpContext context, Uri target) => context.Csp().AllowForm(target);

    /// <summary>Lets a form of this page lead on to any https address: for a page whose form goes to a relying party, which redirects as it likes.</summary>
    public static void AllowFormToAnyWebsite(this HttpContext context) => context.Csp().AllowFormToAnyWebsite();

    /// <summary>Lets this page show other documents of ours in frames.</summary>
    public static void AllowFramesOfOurs(this HttpContext context) => context.Csp().AllowFrames();

    /// <summary>Lets our pages show this response in a frame, with inline styles and images and without scripts or forms.</summary>
    public static void ShowAsFramedLetter(this HttpContext context) => context.Csp().BeLetter();

    private static ContentSecurityPolicy Csp(this HttpContext context)
    {
        if (context.Features.Get<ContentSecurityPolicy>() is { } policy) return policy;

        policy = new ContentSecurityPolicy();
        context.Features.Set(policy);
        return policy;
    }
}
