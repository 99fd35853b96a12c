using Microsoft.EntityFrameworkCore;

namespace ProSanteConnect.Core.Data;

/// <summary>The schema of a database compared with that of this program.</summary>
public enum SchemaVersion
{
    Current,

    /// <summary>Migrations are pending; this includes a database without tables.</summary>
    Older,

    /// <summary>A later version of the program changed the schema; this version must not write to it.</summary>
    Newer,

    /// <summary>A development version created the schema before the present first migration; it cannot be migrated (ADR 0035).</summary>
    Unsupported,
}

public static class SchemaVersions
{
    /// <summary>Compares the applied migrations with the known ones. A migration id begins with its creation time.</summary>
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
