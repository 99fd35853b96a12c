using Microsoft.AspNetCore.Mvc.RazorPages;
using ProSanteConnect.Sandbox.VirtualReader;

namespace ProSanteConnect.Sandbox.Pki;

/// <summary>The list of the test cards, to download for a real browser.</summary>
public sealed class CardsModel(VirtualCards cards) : PageModel
{
    public IReadOnlyList<VirtualCard> Cards => cards.All;
}
