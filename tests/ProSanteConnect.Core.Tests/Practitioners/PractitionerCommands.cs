using System.Data.Common;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Practitioners.Import;

namespace ProSanteConnect.Core.Tests.Practitioners;

/// <summary>The commands that write practitioners, also for the engine that does not run in tests.</summary>
public sealed class PractitionerCommands
{
    [Theory]
    [InlineData(DatabaseProvider.Sqlite, "Data Source=:memory:", "\"Practitioners\" (\"")]
    [InlineData(DatabaseProvider.PostgreSql, "Host=localhost", "\"Practitioners\" (\"")]
    [InlineData(DatabaseProvider.SqlServer, "Server=localhost", "[Practitioners] ([")]
    public async Task Each_provider_gets_its_own_quotes_and_a_parameter_for_each_value(DatabaseProvider provider, string connection, string quoted)
    {
        await using var db = DatabaseSetup.Open(new DatabaseOptions { Provider = provider, ConnectionString = connection }).Create();
        await using var writer = new PractitionerWriter(db, transaction: null);

        Assert.StartsWith($"INSERT INTO {quoted}", writer.Insert.CommandText, StringComparison.Ordinal);
        Assert.Equal(0, writer.Insert.Parameters.Count % PractitionerWriter.RowsPerInsert);
        Assert.InRange(writer.Insert.Parameters.Count, PractitionerWriter.RowsPerInsert, 2100);
        Assert.Equal(writer.Insert.Parameters.Count, Occurrences(writer.Insert.CommandText, '@'));
        Assert.Equal((writer.Insert.Parameters.Count / PractitionerWriter.RowsPerInsert) + 1, writer.Update.Parameters.Count);
        Assert.DoesNotContain("\"Id\"", writer.Insert.CommandText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SQL_Server_is_not_told_to_cut_off_long_documents()
    {
        await using var db = DatabaseSetup.Open(new DatabaseOptions { Provider = DatabaseProvider.SqlServer, ConnectionString = "Server=localhost" }).Create();
        await using var writer = new PractitionerWriter(db, transaction: null);

        var sizes = writer.Update.Parameters.Cast<DbParameter>().Select(p => p.Size).ToList();
        Assert.Equal(3, sizes.Count(size => size == -1)); // given names, practices, alternative identifiers
        Assert.DoesNotContain(4000, sizes);
    }

    private static int Occurrences(string text, char wanted) => text.Count(c => c == wanted);
}
