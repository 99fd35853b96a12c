using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Core.Tests.Data;

/// <summary>The file of a SQLite database: who may read it, and in which forms it may come back from a backup.</summary>
public sealed class DatabaseFiles : IDisposable
{
    private const UnixFileMode OwnersOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("psc-file-");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    private DatabaseOptions OptionsOf(string name) => new() { ConnectionString = $"Data Source={PathOf(name)}", CommandTimeout = TimeSpan.FromSeconds(30) };

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_new_file_and_its_log_are_readable_by_their_owner_alone()
    {
        if (OperatingSystem.IsWindows()) return; // it has no such modes

        await MakeAsync("new.db");
        await using var db = DatabaseSetup.Open(OptionsOf("new.db")).Create();
        db.Add(Build.Practitioner());
        await db.SaveChangesAsync(Ct);

        Assert.Equal((OwnersOnly, OwnersOnly), (File.GetUnixFileMode(PathOf("new.db")), File.GetUnixFileMode(PathOf("new.db-wal"))));
    }

    [Fact]
    public async Task A_file_that_others_could_read_is_closed_at_the_next_start()
    {
        if (OperatingSystem.IsWindows()) return; // it has no such modes

        await MakeAsync("old.db");
        File.SetUnixFileMode(PathOf("old.db"), OwnersOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead);

        DatabaseSetup.ProtectFile(OptionsOf("old.db"));

        Assert.Equal(OwnersOnly, File.GetUnixFileMode(PathOf("old.db")));
    }

    [Theory]
    [InlineData("VACUUM INTO")]
    [InlineData("copied with its log")]
    [InlineData("journal mode DELETE")]
    public async Task A_restored_file_is_opened_and_written(string how)
    {
        await MakeAsync("before.db");
        await using (var db = DatabaseSetup.Open(OptionsOf("before.db")).Create())
        {
            db.Add(Build.Practitioner());
            await db.SaveChangesAsync(Ct);
            await RestoreAsync(db, how);
        }

        DatabaseSetup.ProtectFile(OptionsOf("after.db"));
        await using var after = DatabaseSetup.Open(OptionsOf("after.db")).Create();

        Assert.Equal(SchemaVersion.Current, await after.SchemaVersionAsync(Ct));
        Assert.Equal(1, await after.Practitioners.CountAsync(Ct));
        after.Add(Build.Practitioner("898765000025"));
        Assert.Equal(1, await after.SaveChangesAsync(Ct));
    }

    private async Task RestoreAsync(PscDb db, string how)
    {
        var after = PathOf("after.db");
        switch (how)
        {
            case "copied with its log":
                foreach (var ending in new[] { "", "-wal" }) File.Copy(PathOf("before.db") + ending, after + ending);
                break;
            default:
                await db.Database.ExecuteSqlAsync($"VACUUM INTO {after}", Ct);
                if (how == "VACUUM INTO") break;

                await using (var connection = new SqliteConnection($"Data Source={after};Pooling=false"))
                {
                    await connection.OpenAsync(Ct);
                    await using var command = connection.CreateCommand();
                    command.CommandText = "PRAGMA journal_mode=DELETE";
                    await command.ExecuteNonQueryAsync(Ct);
                }

                break;
        }
    }

    private async Task MakeAsync(string name)
    {
        DatabaseSetup.ProtectFile(OptionsOf(name));
        await using var db = DatabaseSetup.Open(OptionsOf(name)).Create();
        await db.Database.MigrateAsync(Ct);
    }
}
