using System.Buffers.Text;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;

namespace ProSanteConnect.Core.Security;

/// <summary>The number of occurrences within one time window, counted across all nodes.</summary>
public sealed class RateLimitCounter
{
    /// <summary>The limit and its subject; addresses and identifiers are hashed.</summary>
    public required string Key { get; init; }

    public required DateTimeOffset WindowEndsAt { get; init; }
    public int Count { get; set; }
}

/// <summary>Makes the keys of counters. No address or identifier is stored in clear, nor can it be guessed without the master key.</summary>
public sealed class RateLimitKeys(MasterKey masterKey)
{
    private readonly byte[] _key = masterKey.Derive("rate-limits");

    /// <summary>The key under which a limit is counted for one subject.</summary>
    public string Of(string limit, string subject) =>
        $"{limit}:{Base64Url.EncodeToString(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{limit}\n{subject}")))}";
}

/// <summary>Windows of a fixed length, aligned to UTC, so that all nodes agree on them.</summary>
public static class RateLimitWindow
{
    /// <summary>The end of the window in which an instant lies.</summary>
    public static DateTimeOffset EndAfter(DateTimeOffset now, TimeSpan window) =>
        new((now.UtcTicks / window.Ticks + 1) * window.Ticks, TimeSpan.Zero);
}

/// <summary>Increments a counter and returns the new count in one statement, so that no two callers get the same number.</summary>
public static class CounterSql
{
    private const string OnConflict = """
        INSERT INTO "RateLimitCounters" ("Key", "WindowEndsAt", "Count") VALUES ({0}, {1}, 1)
        ON CONFLICT ("Key", "WindowEndsAt") DO UPDATE SET "Count" = "RateLimitCounters"."Count" + 1
        RETURNING "Count" AS "Value"
        """;

    // Without HOLDLOCK two sessions may both find no row and both insert one.
    public const string Merge = """
        MERGE [RateLimitCounters] WITH (HOLDLOCK) AS [counter]
        USING (SELECT {0} AS [Key], {1} AS [WindowEndsAt]) AS [now]
        ON [counter].[Key] = [now].[Key] AND [counter].[WindowEndsAt] = [now].[WindowEndsAt]
        WHEN MATCHED THEN UPDATE SET [Count] = [counter].[Count] + 1
        WHEN NOT MATCHED THEN INSERT ([Key], [WindowEndsAt], [Count]) VALUES ([now].[Key], [now].[WindowEndsAt], 1)
        OUTPUT inserted.[Count] AS [Value];
        """;

    public static async Task<int> CountOneMoreAsync(this PscDb db, string key, DateTimeOffset windowEndsAt, CancellationToken ct)
    {
        var counting = db switch
        {
            SqlitePscDb => db.Database.SqlQueryRaw<int>(OnConflict, key, windowEndsAt.UtcTicks),
            PostgresPscDb => db.Database.SqlQueryRaw<int>(OnConflict, key, windowEndsAt),
            SqlServerPscDb => db.Database.SqlQueryRaw<int>(Merge, key, windowEndsAt),
            _ => throw new UnreachableException($"Database {db.GetType().Name}"),
        };
        return (await counting.ToListAsync(ct)).Single();
    }
}
