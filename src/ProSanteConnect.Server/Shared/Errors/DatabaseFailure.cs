using System.Data.Common;
using System.Net.Sockets;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace ProSanteConnect.Server.Shared.Errors;

/// <summary>Distinguishes a failing database from every other error (security-checklist §0.2).</summary>
internal static class DatabaseFailure
{
    /// <summary>The database exception at any depth: in an update, a retry, or data protection.</summary>
    public static Exception? Find(Exception? exception)
    {
        for (var current = exception; current is not null; current = current.InnerException)
        {
            switch (current)
            {
                // A peer that did not answer over HTTP has the same inner exceptions and is not a database failure.
                case HttpRequestException or OperationCanceledException:
                    return null;
                case DbException or RetryLimitExceededException or TimeoutException or SocketException:
                case InvalidOperationException { Source: { } source } when source.Contains("SqlClient", StringComparison.Ordinal):
                    return current;
                case AggregateException { InnerExceptions.Count: > 1 } several:
                    return several.InnerExceptions.Select(Find).FirstOrDefault(found => found is not null);
            }
        }

        return null;
    }

    /// <summary>The reason for the log: the engine's error code only, because its message may quote values of a row.</summary>
    public static string Describe(Exception exception) => exception switch
    {
        PostgresException postgres => $"PostgreSQL {postgres.SqlState}",
        SqlException sqlServer => $"SQL Server error {sqlServer.Number}",
        DbException { InnerException: { } inner } connection => $"{connection.Message} ({inner.GetType().Name})",
        _ => exception.Message,
    };
}
