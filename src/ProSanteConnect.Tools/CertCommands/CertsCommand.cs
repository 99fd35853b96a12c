using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using ProSanteConnect.Core.Cards;
using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Tools.Certs;
using Spectre.Console;

namespace ProSanteConnect.Tools.CertCommands;

/// <summary><c>psc certs</c>: the test PKI, and the content of a certificate.</summary>
internal static class CertsCommand
{
    public static Command Create(TimeProvider clock) => new("certs", "l'IGC de test : autorités, cartes CPx, listes de révocation")
    {
        MakeCertsCommand.Create(clock),
        ShowCertCommand.Create(clock),
        CrlCommand.Create(clock),
    };
}

/// <summary><c>psc certs crl --out DOSSIER</c>: signs new CRLs of a test PKI.</summary>
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

/// <summary>The list of the holders of test cards, one per line (see <c>certs/holders.txt</c>).</summary>
internal static class HoldersFile
{
    /// <summary>The embedded default list.</summary>
    public static string Default => CertificateProfile.EmbeddedText("holders");

    public static HoldersReading Read(string text)
    {
        var holders = new List<CardHolder>();
        foreach (var (number, line) in text.Split('\n').Index())
        {
            if (line.Trim() is "" or ['#', ..]) continue;
            if (Holder(line.Split('|', StringSplitOptions.TrimEntries)) is not { } holder)
            {
                return new HoldersReading.Refused(
                    $"Ligne {number + 1} : attendu « genre | identifiant national | nom | prénom | titre [| profession [| département | identifiant de structure | structure]] ».");
            }

            holders.Add(holder);
        }

        return holders.Count > 0 ? new HoldersReading.Read(holders) : new HoldersReading.Refused("La liste des porteurs est vide.");
    }

    private static CardHolder? Holder(string[] columns)
    {
        if (columns.Length is < 5 or > 9) return null;
        if (!Enum.TryParse<CpxKind>(columns[0], ignoreCase: true, out var kind) || !Enum.IsDefined(kind)) return null;
        if (!NationalId.TryParse(columns[1], out var nationalId)) return null;
        if (columns[2] == "" || columns[3] == "" || columns[4] == "") return null;
        if (!TryProfession(At(5), out var profession)) return null;

        return new CardHolder(kind, nationalId.Value, columns[2], columns[3], columns[4])
        {
            ProfessionCode = profession,
            Department = At(6),
            OrganizationId = At(7),
            Organization = At(8),
        };

        string? At(int column) => columns.ElementAtOrDefault(column) is { Length: > 0 } value ? value : null;
    }

    private static bool TryProfession(string? text, out int? profession)
    {
        var valid = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var code);
        profession = valid ? code : null;
        return valid || text is null;
    }
}

internal abstract record HoldersReading
{
    private HoldersReading() { }

    public sealed record Read(IReadOnlyList<CardHolder> Holders) : HoldersReading;

    public sealed record Refused(string Sentence) : HoldersReading;
}

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
                new Text(card.RevokedAt is null ? InWords(card.Variant) : InWords(TestCardVariant.Revoked)));
        }

        return table;
    }

    private static string InWords(TestCardVariant variant) => variant switch
    {
        TestCardVariant.Ordinary => "",
        TestCardVariant.Expired => "expirée",
        TestCardVariant.Revoked => "révoquée",
        TestCardVariant.UnknownAuthority => "autorité inconnue, au nom de la nôtre",
        TestCardVariant.SignatureOnly => "présente le certificat de signature",
        TestCardVariant.WrongPurpose => "faite pour un serveur",
        TestCardVariant.NotInDirectory => "porteur absent de l'annuaire",
        _ => throw new UnreachableException($"Variant {variant}"),
    };
}
