using ProSanteConnect.Core.Practitioners;

namespace ProSanteConnect.Core.SignIn;

/// <summary>Whom to ask, and for what the phone shows.</summary>
public sealed record ApprovalAsk
{
    /// <summary>The sign-in that waits; null when a relying party asks by itself (CIBA).</summary>
    public Guid? SignInRequestId { get; init; }

    public string? ClientId { get; init; }

    /// <summary>Whoever the person at the computer says to be.</summary>
    public required NationalId ClaimedHolder { get; init; }

    public required BrowserOrigin Browser { get; init; }

    /// <summary>The secret of the cookie by which known browsers are recognised, if there is one.</summary>
    public string? KnownBrowserToken { get; init; }

    /// <summary>Whether the caller counts one request too many: then the holder is not disturbed.</summary>
    public bool IsLimited { get; init; }

    /// <summary>The origin that the phone's answer commits to.</summary>
    public required string Origin { get; init; }
}
