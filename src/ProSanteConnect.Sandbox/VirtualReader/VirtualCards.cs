using ProSanteConnect.Sandbox.Pki;
using ProSanteConnect.Tools.Certs;

namespace ProSanteConnect.Sandbox.VirtualReader;

/// <summary>The cards that lie beside the virtual reader.</summary>
public sealed class VirtualCards(SandboxPki pki)
{
    public IReadOnlyList<VirtualCard> All => [.. pki.Cards.Select(Show)];

    private static VirtualCard Show(TestCard card) => new(
        card.Name,
        $"{card.Holder.GivenName} {card.Holder.FamilyName}",
        card.Holder.Kind.ToString().ToUpperInvariant(),
        card.Holder.Title,
        card.Story switch
        {
            CardStory.Expired => "expirée",
            CardStory.Revoked => "révoquée",
            CardStory.UnknownAuthority => "d'une autorité inconnue",
            CardStory.SignatureOnly => "certificat de signature",
            CardStory.WrongPurpose => "certificat d'un autre usage",
            CardStory.NotInDirectory => "absente de l'annuaire",
            _ => "",
        });
}
