using System.Data.Common;
using System.Net.Sockets;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace ProSanteConnect.Server.Shared.Errors;

/// <summary>Tells a database that does not do its work from every other error (security-checklist §0.2).</summary>
internal static class DatabaseFailure
{
    /// <summary>The exception that says so, at whatever depth it lies: in an update, a retry, or data protection.</summary>
    public static Exception? Find(Exception? exception)
    {
        for (var current = exception; current is not null; current = current.InnerException)
        {
            switch (current)
            {
                // A peer that did not answer over HTTP is no database, though it carries the same inner exceptions.
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

    /// <summary>What the log may say of it: the engine's code, because its message may quote values of a row.</summary>
    public static string Describe(Exception exception) => exception switch
    {
        PostgresException postgres => $"PostgreSQL {postgres.SqlState}",
        SqlException sqlServer => $"SQL Server error {sqlServer.Number}",
        DbException { InnerException: { } inner } connection => $"{connection.Message} ({inner.GetType().Name})",
        _ => exception.Message,
    };
}
