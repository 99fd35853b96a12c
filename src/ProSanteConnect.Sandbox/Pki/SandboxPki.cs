using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Tools.Certs;

namespace ProSanteConnect.Sandbox.Pki;

/// <summary>The test cards of the sandbox and the authorities that stand behind them.</summary>
public sealed class SandboxPki(TestPki pki, TestPkiFolder folder)
{
    public TestPki Pki => pki;

    public TestPkiFolder Folder => folder;

    public IReadOnlyList<TestCard> Cards => pki.Cards;

    public TestCard? Find(string name) => pki.Cards.FirstOrDefault(card => card.Name == name);

    /// <summary>A card for each practitioner; the RPPS holders first, because the cards that must be refused are the first one's.</summary>
    public static IReadOnlyList<CardHolder> HoldersOf(IEnumerable<Practitioner> practitioners) =>
        [.. practitioners.OrderByDescending(p => p.NationalId[0]).ThenBy(p => p.NationalId, StringComparer.Ordinal).Select(SandboxCards.HolderOf)];
}
