using System.CommandLine;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Testing;
using ProSanteConnect.Tools;

namespace ProSanteConnect.Core.Tests.Tools;

public sealed class DatabaseOfACommand
{
    private static Command Count()
    {
        var command = new Command("count");
        command.SetDatabaseAction(async (database, parsed, ct) =>
        {
            await using var db = database.Open();
            parsed.InvocationConfiguration.Output.Write(await db.Practitioners.CountAsync(ct));
            return ExitCode.Done;
        });
        return command;
    }

    [Fact]
    public async Task A_database_of_this_version_is_opened()
    {
        await using var database = await TestDatabase.SqliteAsync();

        var run = await ToolRun.OfAsync(Count(), database);

        Assert.Equal(new ToolRun(ExitCode.Done, "0", ""), run);
    }

    [Fact]
    public async Task A_command_line_that_names_no_database_is_misuse()
    {
        var run = await ToolRun.OfAsync(Count());

        Assert.Equal(ExitCode.Misused, run.ExitCode);
        Assert.Contains("--data DOSSIER", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_database_of_a_sandbox_in_the_current_folder_is_found()
    {
        var folder = Directory.CreateTempSubdirectory("psc-tool-");
        var data = folder.CreateSubdirectory("sandbox-data");
        await using (var database = await TestDatabase.SqliteAsync())
        await using (var db = database.Open())
        {
            var copy = Path.Combine(data.FullName, "prosanteconnect.db");
            await db.Database.ExecuteSqlAsync($"VACUUM INTO {copy}", TestContext.Current.CancellationToken);
        }

        // The current folder belongs to a process, so the command runs in one of its own.
        var start = new ProcessStartInfo("dotnet", [typeof(ToolConsole).Assembly.Location, "clients", "list"])
        {
            WorkingDirectory = folder.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var psc = Process.Start(start)!;
        var error = await psc.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await psc.WaitForExitAsync(TestContext.Current.CancellationToken);
        folder.Delete(recursive: true);

        Assert.Equal((ExitCode.Done, ""), (psc.ExitCode, error));
    }

    [Fact]
    public async Task An_unknown_option_is_misuse_and_points_to_the_help()
    {
        var run = await ToolRun.OfAsync(Count(), "--nonsense");

        Assert.Equal(ExitCode.Misused, run.ExitCode);
        Assert.Contains("psc count --help", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_file_is_refused_and_not_created_unless_asked()
    {
        var folder = Directory.CreateTempSubdirectory("psc-test-").FullName;
        try
        {
            var refused = await ToolRun.OfAsync(Count(), "--data", folder);
            Assert.Equal(ExitCode.Refused, refused.ExitCode);
            Assert.Contains("n'existe pas", refused.Error, StringComparison.Ordinal);
            Assert.Empty(Directory.GetFiles(folder));

            var created = await ToolRun.OfAsync(Count(), "--data", folder, "--migrate");
            Assert.Equal(new ToolRun(ExitCode.Done, "0", ""), created);
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("DELETE FROM __EFMigrationsHistory", "plus ancienne")]
    [InlineData("INSERT INTO __EFMigrationsHistory VALUES ('99991231000000_Later', '99.0')", "plus récente")]
    [InlineData("UPDATE __EFMigrationsHistory SET MigrationId = '20261125013556_Initial'", "version de développement")]
    public async Task A_database_of_another_version_is_refused(string history, string said)
    {
        await using var database = await TestDatabase.SqliteAsync();
        await using (var db = database.Open())
        {
            await db.Database.ExecuteSqlRawAsync(history, TestContext.Current.CancellationToken);
        }

        var run = await ToolRun.OfAsync(Count(), database);

        Assert.Equal(ExitCode.Refused, run.ExitCode);
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_does_not_answer_is_one_sentence()
    {
        var run = await ToolRun.OfAsync(
            Count(), "--provider", "PostgreSql", "--connection", "Host=127.0.0.1;Port=1;Username=none;Timeout=2");

        Assert.Equal(ExitCode.Refused, run.ExitCode);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
    }
}
