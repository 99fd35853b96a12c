using Microsoft.AspNetCore.Mvc.RazorPages;
using ProSanteConnect.Server.Shared.Origins;

namespace ProSanteConnect.Server.Account;

/// <summary>"Je teste ma e-CPS": a relying party of its own, in the browser, that runs the code flow as any other would.</summary>
internal sealed class TryModel(PublicOrigins origins) : PageModel
{
    public const string Path = "/je-teste-ma-e-cps";

    /// <summary>The public client that this page is.</summary>
    public const string ClientId = "portail";

    public string RedirectUri => origins.Wallet(Request) + Path;

    public string Issuer => origins.Issuer(Request);
}
