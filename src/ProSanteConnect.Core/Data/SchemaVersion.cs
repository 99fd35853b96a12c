using Microsoft.EntityFrameworkCore;

namespace ProSanteConnect.Core.Data;

/// <summary>How the tables of a database stand to this version of the program.</summary>
public enum SchemaVersion
{
    Current,

    /// <summary>Migrations are pending; a database without tables is the oldest of all.</summary>
    Older,

    /// <summary>A later version has changed the tables: nothing here may touch them.</summary>
    Newer,
}

public static class SchemaVersions
{
    public static async Task<SchemaVersion> SchemaVersionAsync(this PscDb db, CancellationToken ct)
    {
        var known = db.Database.GetMigrations().ToHashSet(StringComparer.Ordinal);
        var applied = (await db.Database.GetAppliedMigrationsAsync(ct)).ToHashSet(StringComparer.Ordinal);
        return applied.IsSubsetOf(known) switch
        {
            false => SchemaVersion.Newer,
            true when applied.Count < known.Count => SchemaVersion.Older,
            true => SchemaVersion.Current,
        };
    }
}
