using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace ProSanteConnect.Server.Protocol.Pages;

/// <summary>
/// Carries the checked address of a relying party through the question whether to sign out: sealed, so that the page sends
/// nobody anywhere that was not registered (security-checklist T12).
/// </summary>
internal sealed class SignOutContinuation(IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector("sign-out-continuation");

    public string Protect(string postLogoutRedirectUri, string? state) => _protector.Protect(
        state is null ? postLogoutRedirectUri : QueryHelpers.AddQueryString(postLogoutRedirectUri, "state", state));

    /// <summary>The address to go on to, or null when there is none or somebody made it up.</summary>
    public string? Unprotect(string? suite)
    {
        if (string.IsNullOrEmpty(suite)) return null;

        try
        {
            return _protector.Unprotect(suite);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
