using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ProSanteConnect.Server.Account.SignOut;

/// <summary>"Vous êtes déconnecté.", with the way back to the application that gave an address.</summary>
internal sealed class SignedOutModel(SignOutContinuation continuation) : PageModel
{
    public const string Path = "/deconnexion/terminee";

    public static string UrlWith(string? suite) => string.IsNullOrEmpty(suite) ? Path : $"{Path}?suite={Uri.EscapeDataString(suite)}";

    public void OnGet(string? suite) => ViewData["BackUrl"] = continuation.Unprotect(suite);
}
