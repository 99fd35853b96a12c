using Microsoft.AspNetCore.Mvc.RazorPages;
using ProSanteConnect.Sandbox.VirtualReader;

namespace ProSanteConnect.Sandbox.Pki;

/// <summary>The page that lists the test cards for download.</summary>
public sealed class CardsModel(VirtualCards cards) : PageModel
{
    public IReadOnlyList<VirtualCard> Cards => cards.All;
}
