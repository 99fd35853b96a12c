using Microsoft.AspNetCore.Mvc.RazorPages;
using ProSanteConnect.Server.Shared.Origins;

namespace ProSanteConnect.Server.Account;

/// <summary>The page "Je teste ma e-CPS": a relying party in the browser that runs the authorization code flow.</summary>
internal sealed class TryModel(PublicOrigins origins) : PageModel
{
    public const string Path = "/je-teste-ma-e-cps";

    /// <summary>The public client of this page.</summary>
    public const string ClientId = "portail";

    public string RedirectUri => origins.Wallet(Request) + Path;

    public string Issuer => origins.Issuer(Request);
}
