using Microsoft.AspNetCore.Mvc.RazorPages;
using ProSanteConnect.Sandbox.VirtualReader;

namespace ProSanteConnect.Sandbox.Pki;

/// <summary>The page that finds test cards for download. A card is made when it is downloaded.</summary>
internal sealed class CardsModel(VirtualCards cards) : PageModel
{
    private const int Shown = 50;

    public string Words => cards.Words;

    public int Count { get; private set; }

    public IReadOnlyList<VirtualCard> Cards { get; private set; } = [];

    public async Task OnGetAsync()
    {
        Count = await cards.CountAsync();
        Cards = await cards.ListAsync(Shown);
    }
}
