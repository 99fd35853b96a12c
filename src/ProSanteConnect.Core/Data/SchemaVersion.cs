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

    /// <summary>A development version made the tables before the present first migration: they cannot be migrated (ADR 0035).</summary>
    Unsupported,
}

public static class SchemaVersions
{
    /// <summary>Compares the applied migrations with the known ones; an id begins with the time at which its migration was made.</summary>
    public static async Task<SchemaVersion> SchemaVersionAsync(this PscDb db, CancellationToken ct)
    {
        var known = db.Database.GetMigrations().ToHashSet(StringComparer.Ordinal);
        var applied = (await db.Database.GetAppliedMigrationsAsync(ct)).ToHashSet(StringComparer.Ordinal);
        var unknown = applied.Except(known).ToList();
        return unknown.Count switch
        {
            > 0 when unknown.Any(id => string.CompareOrdinal(id, known.Min(StringComparer.Ordinal)) < 0) => SchemaVersion.Unsupported,
            > 0 => SchemaVersion.Newer,
            _ when applied.Count < known.Count => SchemaVersion.Older,
            _ => SchemaVersion.Current,
        };
    }
}
