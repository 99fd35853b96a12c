using ProSanteConnect.Server.Shared.SecurityHeaders;

namespace ProSanteConnect.Server.Shared;

/// <summary>What a page may ask of the Content-Security-Policy of its answer.</summary>
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

    /// <summary>Lets pages of ours show this answer in a frame: styles and pictures that it carries itself, and nothing that acts.</summary>
    public static void ShowAsFramedLetter(this HttpContext context) => context.Csp().BeLetter();

    private static ContentSecurityPolicy Csp(this HttpContext context)
    {
        if (context.Features.Get<ContentSecurityPolicy>() is { } policy) return policy;

        policy = new ContentSecurityPolicy();
        context.Features.Set(policy);
        return policy;
    }
}
