using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ProSanteConnect.Server.Account.SignOut;

/// <summary>The page "Vous êtes déconnecté.", with a link back to the relying party when it gave a <c>post_logout_redirect_uri</c>.</summary>
internal sealed class SignedOutModel(SignOutContinuation continuation) : PageModel
{
    public const string Path = "/deconnexion/terminee";

    public static string UrlWith(string? protectedUrl) =>
        string.IsNullOrEmpty(protectedUrl) ? Path : $"{Path}?suite={Uri.EscapeDataString(protectedUrl)}";

    public void OnGet([FromQuery(Name = "suite")] string? protectedUrl) => ViewData["BackUrl"] = continuation.Unprotect(protectedUrl);
}
