using System.Diagnostics;
using Microsoft.Data.Sqlite;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Practitioners.Import;
using SQLitePCL;

namespace ProSanteConnect.Core.Tests.Practitioners;

/// <summary>
/// Until an import writes, the old directory stays (security-checklist R25). On SQLite it is then written in slices, person by person,
/// and an interrupted import is completed by the next one (ADR 0037).
/// </summary>
[Trait("Requirement", "R25")]
public sealed class InterruptedImports
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static ExtractFile Doctors(int count, string name) => ExtractFile.Restricted(
        [.. Enumerable.Range(0, count).Select(i => ExtractLineValues.Doctor(ExtractLineValues.Rpps(i)).With("Nom de famille", name).With("Nom d'exercice", name))]);

    private static readonly SliceLimits OnePersonEach = new(TimeSpan.Zero, TimeSpan.Zero);

    [Theory]
    [InlineData(DatabaseProvider.Sqlite, DirectoryImportStep.Reading)]
    [InlineData(DatabaseProvider.Sqlite, DirectoryImportStep.Comparing)]
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

    [Fact]
    public async Task An_import_that_is_cancelled_between_two_slices_says_so_and_the_next_one_completes_it()
    {
        await using var directory = await DirectoryFixture.CreateAsync();
        await directory.MustImportAsync(Doctors(1001, "ANCIEN"));
        using var cancellation = new CancellationTokenSource();
        var options = new DirectoryImportOptions
        {
            Actor = "test",
            ConfirmRemovals = true,
            Slices = OnePersonEach,
            Progress = new At(DirectoryImportStep.Writing, cancellation.Cancel),
        };
        var renamed = ExtractFile.Restricted([.. Doctors(1001, "NOUVEAU").Lines.Skip(1), .. Doctors(1101, "NOUVEAU").Lines.Skip(1001)]);

        await using var stream = renamed.ToStream();
        var interrupted = Assert.IsType<DirectoryImportResult.Interrupted>(
            await new DirectoryImport(directory.Factory, directory.Clock).RunAsync(stream, options, cancellation.Token));

        Assert.Equal((1000, 1101), (interrupted.Written, interrupted.Total));
        var between = await directory.PractitionersAsync();
        Assert.Equal(1000, between.Count(p => p.FamilyName == "NOUVEAU"));
        Assert.All(between, p => Assert.Equal((p.FamilyName, null), (p.Practices[0].FamilyName, p.DelistedAt)));

        var completed = await directory.MustImportAsync(renamed);
        Assert.Equal((true, 1100, 1), (completed.FollowsInterruption, completed.Created + completed.Updated + completed.Unchanged, completed.Delisted));
        Assert.Equal(1100, (await directory.PractitionersAsync()).Count(p => p.FamilyName == "NOUVEAU"));
        Assert.False((await directory.MustImportAsync(renamed)).FollowsInterruption);
    }

    /// <summary>Sign-ins write all the time, and give up after the 500 ms of SqlitePragmas.</summary>
    [Fact]
    public async Task A_writer_of_another_connection_always_gets_its_turn_within_half_a_second()
    {
        await using var directory = await DirectoryFixture.CreateAsync();
        var writing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var options = new DirectoryImportOptions { Actor = "test", Progress = new At(DirectoryImportStep.Writing, () => writing.TrySetResult()) };
        await using var stream = Doctors(20_000, "NOUVEAU").ToStream();

        var import = Task.Run(() => new DirectoryImport(directory.Factory, directory.Clock).RunAsync(stream, options, Ct), Ct);
        await Task.WhenAny(writing.Task, import);
        var (written, refused) = (0, 0);
        await using var connection = new SqliteConnection(directory.Options.ConnectionString);
        await connection.OpenAsync(Ct);
        Assert.Equal(raw.SQLITE_OK, raw.sqlite3_busy_timeout(connection.Handle, 500));
        while (!import.IsCompleted)
        {
            // Not by a command of the driver, which would try again.
            var result = raw.sqlite3_exec(connection.Handle, "UPDATE Revisions SET Number = Number + 1 WHERE Name = 'clients'");
            if (result == raw.SQLITE_OK) written++;
            else refused++;

            // A sign-in also reads, and leaves the writer free meanwhile.
            Assert.Equal(raw.SQLITE_OK, raw.sqlite3_exec(connection.Handle, "SELECT COUNT(FamilyName) FROM Practitioners"));
        }

        Assert.Equal(20_000, Assert.IsType<DirectoryImportResult.Imported>(await import).Created);
        Assert.Equal(0, refused);
        Assert.InRange(written, 3, int.MaxValue);
    }

    [Fact]
    public async Task Everybody_reads_whole_persons_while_the_slices_are_written()
    {
        await using var directory = await DirectoryFixture.CreateAsync();
        await directory.MustImportAsync(Doctors(1100, "ANCIEN"));
        var seen = new List<Core.Practitioners.Practitioner>();
        var options = new DirectoryImportOptions
        {
            Actor = "test",
            Slices = OnePersonEach,
            Progress = new At(DirectoryImportStep.Writing, () => seen.AddRange(directory.PractitionersAsync().GetAwaiter().GetResult())),
        };

        await using var stream = Doctors(1100, "NOUVEAU").ToStream();
        await new DirectoryImport(directory.Factory, directory.Clock).RunAsync(stream, options, Ct);

        Assert.Equal(["ANCIEN", "NOUVEAU"], seen.Select(p => p.FamilyName).Distinct().Order());
        Assert.All(seen, p => Assert.Equal(p.FamilyName, p.Practices[0].FamilyName));
    }

    [Theory]
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
    public async Task A_killed_import_leaves_whole_persons_and_no_trace_and_the_next_one_completes_it(string step)
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

            // The progress bar may lag behind the import, so either of the two directories may stand, or a part of each.
            Assert.All(await directory.PractitionersAsync(), p => Assert.Equal(p.FamilyName, p.Practices[0].FamilyName));
            Assert.Equal("ok", await IntegrityAsync(directory));
            Assert.Empty(Directory.EnumerateFileSystemEntries(temporary));
            await directory.MustImportAsync(Doctors(1500, "NOUVEAU"));
            Assert.Equal(["NOUVEAU"], (await directory.PractitionersAsync()).Select(p => p.FamilyName).Distinct());
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
