using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Testing;
using ProSanteConnect.Tools;
using ProSanteConnect.Tools.BackupCommands;

namespace ProSanteConnect.Core.Tests.Tools;

/// <summary>psc backup, psc restore.</summary>
public sealed class BackupsOnTheCommandLine : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("psc-backup-");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Backup => Path.Combine(_folder.FullName, "psc.backup");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task What_was_saved_while_the_server_runs_is_there_after_a_restore(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var running = database.Open();
        running.Add(Build.Practitioner());
        await running.SaveChangesAsync(Ct);

        var saved = await ToolRun.OfAsync(BackupCommand.Create(), database, Backup);
        running.Add(Build.Practitioner("898765000025"));
        await running.SaveChangesAsync(Ct);
        await using var other = await TestDatabase.CreateAsync(provider);
        SqliteConnection.ClearAllPools();
        var restored = await ToolRun.OfAsync(RestoreCommand.Create(), other, Backup, "--replace");

        Assert.Equal((ExitCode.Done, "", ExitCode.Done, ""), (saved.ExitCode, saved.Error, restored.ExitCode, restored.Error));
        await using var db = other.Open();
        Assert.Equal(SchemaVersion.Current, await db.SchemaVersionAsync(Ct));
        Assert.Equal("898765000017", (await db.Practitioners.SingleAsync(Ct)).NationalId);
        db.Add(Build.Practitioner("898765000033"));
        Assert.Equal(1, await db.SaveChangesAsync(Ct));
    }

    [Fact]
    public async Task A_backup_is_readable_by_its_owner_alone()
    {
        if (OperatingSystem.IsWindows()) return; // it has no such modes

        await using var database = await TestDatabase.SqliteAsync();
        await ToolRun.OfAsync(BackupCommand.Create(), database, Backup);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Backup));
    }

    [Theory]
    [InlineData("Host=db.example;Username=psc", "require")]
    [InlineData("Host=localhost;Username=psc", "disable")]
    [InlineData("Host=db.example;Username=psc;SSL Mode=VerifyFull;Root Certificate=/etc/psc/root.pem", "verify-full")]
    public void The_programs_of_PostgreSQL_use_TLS_as_the_service_does(string connection, string mode)
    {
        var variables = PostgresBackup.TlsOf(new DatabaseOptions { Provider = DatabaseProvider.PostgreSql, ConnectionString = connection });

        Assert.Equal(mode, variables["PGSSLMODE"]);
        Assert.Equal(mode == "verify-full", variables.ContainsKey("PGSSLROOTCERT"));
    }

    [Fact]
    public async Task A_backup_does_not_replace_a_file()
    {
        await using var database = await TestDatabase.SqliteAsync();
        await File.WriteAllTextAsync(Backup, "mine", Ct);

        var run = await ToolRun.OfAsync(BackupCommand.Create(), database, Backup);

        Assert.Equal(ExitCode.Refused, run.ExitCode);
        Assert.Equal("mine", await File.ReadAllTextAsync(Backup, Ct));
    }

    [Fact]
    public async Task A_restore_replaces_a_database_only_when_told_to()
    {
        await using var database = await TestDatabase.SqliteAsync();
        await ToolRun.OfAsync(BackupCommand.Create(), database, Backup);

        var run = await ToolRun.OfAsync(RestoreCommand.Create(), database, Backup);

        Assert.Equal(ExitCode.Refused, run.ExitCode);
        Assert.Contains("--replace", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_restore_under_a_running_server_is_refused()
    {
        await using var database = await TestDatabase.SqliteAsync();
        await ToolRun.OfAsync(BackupCommand.Create(), database, Backup);
        await using var running = database.Open();
        await running.Database.OpenConnectionAsync(Ct);
        await running.Practitioners.CountAsync(Ct);

        var run = await ToolRun.OfAsync(RestoreCommand.Create(), database, Backup, "--replace");

        Assert.Equal(ExitCode.Refused, run.ExitCode);
        Assert.Contains("arrêtez d'abord le serveur", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ceci n'est pas une base")]
    public async Task A_file_that_is_no_backup_is_refused_and_changes_nothing(string content)
    {
        await using var database = await TestDatabase.SqliteAsync();
        await File.WriteAllTextAsync(Backup, content, Ct);

        var run = await ToolRun.OfAsync(RestoreCommand.Create(), database, Backup, "--replace");

        Assert.Equal(ExitCode.Refused, run.ExitCode);
        await using var db = database.Open();
        Assert.Equal(SchemaVersion.Current, await db.SchemaVersionAsync(Ct));
    }
}
