using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ProSanteConnect.Server.Account;

/// <summary>What is told to whoever deactivated the e-CPS that had opened their session, and is signed out with it.</summary>
internal sealed class DeactivatedModel : PageModel
{
    public const string Path = "/mon-compte/e-cps-desactivee";
}
