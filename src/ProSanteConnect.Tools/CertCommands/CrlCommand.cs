using System.CommandLine;
using ProSanteConnect.Tools.Certs;
using Spectre.Console;

namespace ProSanteConnect.Tools.CertCommands;

/// <summary><c>psc certs crl --out DOSSIER</c>: signs the lists of a test PKI anew.</summary>
internal static class CrlCommand
{
    private static readonly Option<DirectoryInfo> Out = new("--out")
    {
        Description = "le dossier de l'IGC de test, que « psc certs make » a écrit",
        HelpName = "DOSSIER",
        Required = true,
    };

    private static readonly Option<string[]> Revoke = new("--revoke")
    {
        Description = "révoque d'abord ces cartes, telles que « psc certs make » les nomme",
        HelpName = "CARTE",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
    };

    public static Command Create(TimeProvider clock)
    {
        var command = new Command("crl", "signe à nouveau les listes de révocation, valables un jour") { Out, Revoke };
        command.SetAction(parsed =>
        {
            var folder = new TestPkiFolder(parsed.GetRequiredValue(Out).FullName);
            if (!folder.Exists) return parsed.Refuse($"{folder.FullPath} ne contient pas d'IGC de test ; « psc certs make » en fait une.");

            var pki = folder.Open();
            var names = parsed.GetRequiredValue(Revoke);
            if (names.Except(pki.Cards.Select(c => c.Name)).FirstOrDefault() is { } unknown)
                return parsed.Refuse($"La carte {unknown} n'existe pas ici.");

            var now = clock.GetUtcNow();
            foreach (var card in pki.Cards.Where(c => names.Contains(c.Name))) card.Revoke(now);
            folder.SaveIndex(pki);

            folder.SaveCrls(pki, now);

            var table = new Table().AddColumns("Liste", "Révoqués");
            foreach (var authority in pki.Authorities)
                table.AddRow(new Text(folder.CrlFile(authority)), new Text($"{pki.RevokedBy(authority, now).Count}"));

            parsed.Output().Write(table);
            return ExitCode.Done;
        });
        return command;
    }
}
