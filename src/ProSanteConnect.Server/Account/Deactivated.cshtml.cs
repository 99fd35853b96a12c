using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ProSanteConnect.Server.Account;

/// <summary>The page after deactivating the e-CPS that the session was opened with; the session has ended too.</summary>
internal sealed class DeactivatedModel : PageModel
{
    public const string Path = "/mon-compte/e-cps-desactivee";
}
