using System.Diagnostics;
using ProSanteConnect.Tools.Certs;
using Spectre.Console;

namespace ProSanteConnect.Tools.CertCommands;

/// <summary>The test cards as a table.</summary>
internal static class CardsTable
{
    public static Table Of(TestPki pki)
    {
        var table = new Table().AddColumn(new TableColumn("Carte").NoWrap()).AddColumns("Porteur", "Titre", "Particularité");
        foreach (var card in pki.Cards)
        {
            table.AddRow(
                new Text(card.Name),
                new Text($"{card.Holder.GivenName} {card.Holder.FamilyName}"),
                new Text(card.Holder.Title),
                new Text(card.RevokedAt is null ? InWords(card.Story) : InWords(CardStory.Revoked)));
        }

        return table;
    }

    private static string InWords(CardStory story) => story switch
    {
        CardStory.Ordinary => "",
        CardStory.Expired => "expirée",
        CardStory.Revoked => "révoquée",
        CardStory.UnknownAuthority => "autorité inconnue, au nom de la nôtre",
        CardStory.SignatureOnly => "présente le certificat de signature",
        CardStory.WrongPurpose => "faite pour un serveur",
        CardStory.NotInDirectory => "porteur absent de l'annuaire",
        _ => throw new UnreachableException($"Story {story}"),
    };
}
