using System.Diagnostics;
using Microsoft.Data.Sqlite;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Practitioners.Import;

namespace ProSanteConnect.Core.Tests.Practitioners;

/// <summary>Until an import commits, the old directory stays (security-checklist R25).</summary>
[Trait("Requirement", "R25")]
public sealed class InterruptedImports
{
    private static ExtractFile Doctors(int count, string name) => ExtractFile.Restricted(
        [.. Enumerable.Range(0, count).Select(i => ExtractLineValues.Doctor(ExtractLineValues.Rpps(i)).With("Nom de famille", name))]);

    [Theory]
    [InlineData(DatabaseProvider.Sqlite, DirectoryImportStep.Reading)]
    [InlineData(DatabaseProvider.Sqlite, DirectoryImportStep.Comparing)]
    [InlineData(DatabaseProvider.Sqlite, DirectoryImportStep.Writing)]
    [InlineData(DatabaseProvider.PostgreSql, DirectoryImportStep.Writing)]
    public async Task A_cancelled_import_changes_nothing(DatabaseProvider provider, DirectoryImportStep step)
    {
        await using var directory = await DirectoryFixture.CreateAsync(provider);
        await directory.MustImportAsync(Doctors(100, "ANCIEN"));
        var before = await directory.SnapshotAsync();
        using var cancellation = new CancellationTokenSource();
        var options = new DirectoryImportOptions { Actor = "test", Progress = new At(step, cancellation.Cancel) };

        await using var stream = Doctors(1200, "NOUVEAU").ToStream();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            new DirectoryImport(directory.Factory, directory.Clock).RunAsync(stream, options, cancellation.Token));

        Assert.Equal(before, await directory.SnapshotAsync());
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task Everybody_reads_the_old_directory_while_the_new_one_is_written(DatabaseProvider provider)
    {
        await using var directory = await DirectoryFixture.CreateAsync(provider);
        await directory.MustImportAsync(Doctors(1100, "ANCIEN"));
        var seen = new List<string>();
        var options = new DirectoryImportOptions
        {
            Actor = "test",
            Progress = new At(DirectoryImportStep.Writing, () => seen.AddRange(
                directory.PractitionersAsync().GetAwaiter().GetResult().Select(p => p.FamilyName).Distinct())),
        };

        await using var stream = Doctors(1100, "NOUVEAU").ToStream();
        await new DirectoryImport(directory.Factory, directory.Clock).RunAsync(stream, options, TestContext.Current.CancellationToken);

        Assert.Equal(["ANCIEN", "ANCIEN"], seen);
        Assert.Equal(["NOUVEAU"], (await directory.PractitionersAsync()).Select(p => p.FamilyName).Distinct());
    }

    [Theory]
    [InlineData("Lecture")]
    [InlineData("Comparaison")]
    [InlineData("Écriture")]
    public async Task A_killed_import_leaves_one_whole_directory_and_no_trace(string step)
    {
        await using var directory = await DirectoryFixture.CreateAsync();
        await directory.MustImportAsync(Doctors(1500, "ANCIEN"));
        var folder = Directory.CreateTempSubdirectory("psc-test-").FullName;
        try
        {
            var file = Path.Combine(folder, "extract.txt");
            await File.WriteAllTextAsync(file, Doctors(1500, "NOUVEAU").ToString(), TestContext.Current.CancellationToken);
            var temporary = Directory.CreateDirectory(Path.Combine(folder, "tmp")).FullName;

            await KillAtAsync(step, file, directory, temporary);

            // The progress bar may lag behind the import, so either of the two directories may stand; but it must be one of them.
            Assert.Single((await directory.PractitionersAsync()).Select(p => p.FamilyName).Distinct());
            Assert.Equal("ok", await IntegrityAsync(directory));
            Assert.Empty(Directory.EnumerateFileSystemEntries(temporary));
            Assert.IsType<DirectoryImportResult.Imported>(await directory.ImportAsync(Doctors(1500, "NOUVEAU")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task KillAtAsync(string step, string file, DirectoryFixture directory, string temporary)
    {
        string[] arguments = ["exec", "psc.dll", "import-directory", file, "--connection", directory.Options.ConnectionString];
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = AppContext.BaseDirectory,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment["SQLITE_TMPDIR"] = temporary;
        using var psc = Process.Start(start)!;
        while (await psc.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.Contains(step, StringComparison.Ordinal)) break;
        }

        psc.Kill();
        await psc.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<string> IntegrityAsync(DirectoryFixture directory)
    {
        await using var connection = new SqliteConnection(directory.Options.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA integrity_check";
        return (string)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    private sealed class At(DirectoryImportStep step, Action act) : IProgress<DirectoryImportProgress>
    {
        public void Report(DirectoryImportProgress value)
        {
            if (value.Step == step) act();
        }
    }
}
