using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Journal;
using ProSanteConnect.Core.Tests.Practitioners;
using ProSanteConnect.Testing;
using ProSanteConnect.Tools;
using ProSanteConnect.Tools.DirectoryCommands;

namespace ProSanteConnect.Core.Tests.Tools;

public sealed class DirectoryOnTheCommandLine : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("psc-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task An_import_tells_its_counts_and_the_journal_names_the_operator()
    {
        await using var database = await TestDatabase.SqliteAsync();
        var file = await WriteAsync(ExtractFile.Restricted(ExtractLineValues.Doctor(), ExtractLineValues.Doctor("98765000025")).ToString());

        var run = await ImportAsync(database, file);

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Contains("extraction restreinte", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"Personnes créées\s+2\b", run.Output);
        await using var db = database.Open();
        var entry = await db.Journal.SingleAsync(e => e.Event == JournalEvent.DirectoryImported, TestContext.Current.CancellationToken);
        Assert.Equal((JournalOutcome.Success, Operator.Actor), (entry.Outcome, entry.Actor));
    }

    [Fact]
    public async Task The_report_has_each_line_with_its_reason_and_nothing_of_its_content()
    {
        await using var database = await TestDatabase.SqliteAsync();
        var file = await WriteAsync(ExtractFile.Restricted(
            ExtractLineValues.Doctor(),
            ExtractLineValues.Doctor("98765000025").With("Code sexe", "FEMININ ET PLURIEL"),
            ExtractLineValues.Doctor("98765000034").With(ExtractLineValues.ContactPhone, "=1+1")).ToString());
        var report = Path.Combine(_folder, "rapport.csv");

        var run = await ImportAsync(database, file, "--report", report);

        Assert.Contains(report, run.Output.ReplaceLineEndings(""), StringComparison.Ordinal);
        Assert.Equal(
            [
                "ligne;suite;raison;colonne",
                "3;refusée;valeur trop longue;Code sexe",
                "4;acceptée;clé de Luhn fausse;Identification nationale PP",
                "4;acceptée;numéro de téléphone illisible, ignoré;Téléphone (coord. correspondance)",
            ],
            await File.ReadAllLinesAsync(report, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Without_a_report_the_first_remarks_are_shown()
    {
        await using var database = await TestDatabase.SqliteAsync();
        var file = await WriteAsync(ExtractFile.Restricted(ExtractLineValues.Doctor("98765000018")).ToString());

        var run = await ImportAsync(database, file);

        Assert.Contains("ligne 2 : clé de Luhn fausse", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_file_is_one_sentence_and_exit_code_1()
    {
        await using var database = await TestDatabase.SqliteAsync();
        var file = await WriteAsync(ExtractFile.Restricted(ExtractLineValues.Doctor()).WithoutColumn("Nom d'exercice").ToString());

        var run = await ImportAsync(database, file);

        Assert.Equal((ExitCode.Refused, ""), (run.ExitCode, run.Output));
        Assert.Contains("il manque à l'en-tête (extraction restreinte) la colonne « Nom d'exercice ».", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shrunken_file_is_refused_until_the_operator_insists()
    {
        await using var database = await TestDatabase.SqliteAsync();
        await ImportAsync(database, await WriteAsync(ExtractFile.Restricted(ExtractLineValues.Doctor(), ExtractLineValues.Doctor("98765000025")).ToString()));
        var shrunken = await WriteAsync(ExtractFile.Restricted(ExtractLineValues.Doctor()).ToString());

        var refused = await ImportAsync(database, shrunken);
        var insisted = await ImportAsync(database, shrunken, "--allow-shrink");

        Assert.Equal(ExitCode.Refused, refused.ExitCode);
        Assert.Contains("--allow-shrink", refused.Error, StringComparison.Ordinal);
        Assert.Matches(@"Personnes retirées\s+1\b", insisted.Output);
    }

    [Fact]
    public async Task Many_removals_wait_until_the_operator_confirms_them()
    {
        await using var database = await TestDatabase.SqliteAsync();
        var doctors = Enumerable.Range(0, 40).Select(i => ExtractLineValues.Doctor(ExtractLineValues.Rpps(i))).ToArray();
        await ImportAsync(database, await WriteAsync(ExtractFile.Restricted(doctors).ToString()));
        var without6 = await WriteAsync(ExtractFile.Restricted(doctors[6..]).ToString());

        var waiting = await ImportAsync(database, without6);
        var first = await ImportAsync(database, without6, "--scheduled");
        var confirmed = await ImportAsync(database, without6, "--confirm-removals");

        Assert.Matches(@"Retraits en attente\s+6\b", waiting.Output);
        Assert.Contains("--confirm-removals", waiting.Output, StringComparison.Ordinal);
        Assert.Matches(@"Personnes retirées\s+0\b", first.Output);
        Assert.Matches(@"Personnes retirées\s+6\b", confirmed.Output);
    }

    [Theory]
    [InlineData("5", 6)]
    [InlineData("20", 0)]
    public async Task The_operator_sets_how_many_removals_need_no_confirmation(string percent, int waiting)
    {
        await using var database = await TestDatabase.SqliteAsync();
        var doctors = Enumerable.Range(0, 40).Select(i => ExtractLineValues.Doctor(ExtractLineValues.Rpps(i))).ToArray();
        await ImportAsync(database, await WriteAsync(ExtractFile.Restricted(doctors).ToString()));

        var run = await ImportAsync(
            database, await WriteAsync(ExtractFile.Restricted(doctors[6..]).ToString()), "--removal-limit", percent);

        Assert.Matches($@"Personnes retirées\s+{6 - waiting}\b", run.Output);
    }

    [Fact]
    public async Task A_missing_file_or_contrary_options_are_misuse()
    {
        await using var database = await TestDatabase.SqliteAsync();
        var file = await WriteAsync(ExtractFile.Restricted(ExtractLineValues.Doctor()).ToString());

        Assert.Equal(ExitCode.Misused, (await ImportAsync(database, Path.Combine(_folder, "absent.txt"))).ExitCode);
        Assert.Equal(ExitCode.Misused, (await ImportAsync(database, file, "--full", "--partial")).ExitCode);
        Assert.Equal(ExitCode.Misused, (await ImportAsync(database, file, "--removal-limit", "101")).ExitCode);
    }

    private static Task<ToolRun> ImportAsync(TestDatabase database, params string[] args) =>
        ToolRun.OfAsync(ImportDirectoryCommand.Create(TimeProvider.System), database, args);

    private async Task<string> WriteAsync(string text)
    {
        var file = Path.Combine(_folder, $"{Guid.NewGuid():N}.txt");
        await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
        return file;
    }
}
