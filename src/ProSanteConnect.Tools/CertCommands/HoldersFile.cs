using System.Globalization;
using ProSanteConnect.Core.Authenticators;
using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Tools.Certs;

namespace ProSanteConnect.Tools.CertCommands;

/// <summary>The list of those who get a test card, one a line, as <c>certs/holders.txt</c> shows.</summary>
internal static class HoldersFile
{
    /// <summary>The list that comes with the tool.</summary>
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
