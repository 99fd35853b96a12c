using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;

namespace ProSanteConnect.Testing;

/// <summary>Makes databases that another version of the program has migrated.</summary>
public static class DatabaseHistory
{
    /// <summary>Migrates a SQLite database, then records one more migration that this version does not know.</summary>
    public static async Task AddAsync(DatabaseOptions options, string migration)
    {
        await using (var db = DatabaseSetup.Open(options).Create())
        {
            await db.Database.MigrateAsync();
            await db.Database.ExecuteSqlAsync($"INSERT INTO __EFMigrationsHistory VALUES ({migration}, '10.0')");
        }

        SqliteConnection.ClearAllPools();
    }
}
