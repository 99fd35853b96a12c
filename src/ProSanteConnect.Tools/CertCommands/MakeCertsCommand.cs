using System.CommandLine;
using System.Diagnostics;
using ProSanteConnect.Tools.Certs;

namespace ProSanteConnect.Tools.CertCommands;

/// <summary><c>psc certs make --out DOSSIER</c>.</summary>
internal static class MakeCertsCommand
{
    private static readonly Option<DirectoryInfo> Out = new("--out")
    {
        Description = "le dossier où écrire l'IGC de test ; il ne doit pas en contenir",
        HelpName = "DOSSIER",
        Required = true,
    };

    private static readonly Option<FileInfo?> Holders = new("--holders")
    {
        Description = "la liste des porteurs (voir certs/holders.txt) ; sinon, cinq porteurs inventés",
        HelpName = "FICHIER",
    };

    public static Command Create(TimeProvider clock)
    {
        var command = new Command("make", "fabrique les autorités, les cartes et les cartes qui doivent être refusées") { Out, Holders };
        command.SetAction(parsed =>
        {
            var folder = new TestPkiFolder(parsed.GetRequiredValue(Out).FullName);
            if (folder.Exists) return parsed.Refuse($"{folder.FullPath} contient déjà une IGC de test ; supprimez-la ou choisissez un autre dossier.");

            var text = parsed.GetValue(Holders) is { } file ? File.ReadAllText(file.FullName) : HoldersFile.Default;
            return HoldersFile.Read(text) switch
            {
                HoldersReading.Read(var holders) => Make(holders, folder, clock.GetUtcNow(), parsed),
                HoldersReading.Refused(var sentence) => parsed.Refuse(sentence),
                var other => throw new UnreachableException($"Holders reading {other}"),
            };
        });
        return command;
    }

    private static int Make(IReadOnlyList<CardHolder> holders, TestPkiFolder folder, DateTimeOffset now, ParseResult parsed)
    {
        var pki = TestPki.Create(holders, now);
        folder.Save(pki, now);

        var output = parsed.InvocationConfiguration.Output;
        parsed.Output().Write(CardsTable.Of(pki));
        output.WriteLine($"Dossier : {folder.FullPath}");
        output.WriteLine($"Autorités (Card:TrustedAuthorities) : {folder.AuthoritiesFile}");
        output.WriteLine($"Mot de passe des fichiers .p12 : {TestCard.Pin}");
        return ExitCode.Done;
    }
}
