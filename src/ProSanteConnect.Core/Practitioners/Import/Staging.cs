using System.Text.Json;
using Microsoft.Data.Sqlite;
using ProSanteConnect.Core.Data;

namespace ProSanteConnect.Core.Practitioners.Import;

/// <summary>
/// Stores lines until all lines of a person are read, and changes until all are known. It is an unnamed SQLite database: it spills to
/// disk instead of memory, no other process can open it, and the system deletes it when this process ends, even when killed.
/// </summary>
internal sealed class Staging : IDisposable
{
    private readonly SqliteConnection _connection = new("Data Source=;Pooling=False");
    private readonly SqliteCommand _addLine;
    private readonly SqliteCommand _refuse;
    private readonly SqliteCommand _concerns;
    private readonly SqliteCommand _addChange;

    public Staging()
    {
        _connection.Open();
        Execute(
            """
            PRAGMA journal_mode=OFF;
            PRAGMA synchronous=OFF;
            PRAGMA temp_store=FILE;
            PRAGMA cache_size=-65536;
            BEGIN;
            CREATE TABLE Line (Number INTEGER PRIMARY KEY, Person TEXT NOT NULL, Text TEXT NOT NULL);
            CREATE TABLE Refused (Person TEXT PRIMARY KEY) WITHOUT ROWID;
            CREATE TABLE Change (Position INTEGER PRIMARY KEY, Id INTEGER, Person TEXT NOT NULL);
            CREATE TABLE Delisted (Id INTEGER PRIMARY KEY);
            """);
        _addLine = Prepare("INSERT INTO Line VALUES (@number, @person, @text)", "@number", "@person", "@text");
        _refuse = Prepare("INSERT OR IGNORE INTO Refused VALUES (@person)", "@person");
        _concerns = Prepare(
            "SELECT EXISTS (SELECT 1 FROM Line WHERE Person = @person) OR EXISTS (SELECT 1 FROM Refused WHERE Person = @person)", "@person");
        _addChange = Prepare("INSERT INTO Change (Id, Person) VALUES (@id, @person)", "@id", "@person");
    }

    public void AddLine(long number, string person, string text) => Execute(_addLine, number, person, text);

    /// <summary>Excludes a person from the import, because a line about them was refused.</summary>
    public void Refuse(string person) => Execute(_refuse, person);

    /// <summary>Indexes the lines; called once, after the last line.</summary>
    public void SortLines() => Execute("CREATE INDEX LineByPerson ON Line (Person)");

    /// <summary>The persons with more lines than this: the number of the last line, the count, the identifier.</summary>
    public IReadOnlyList<(long LastLine, long Count, string Person)> PersonsAbove(int most)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = $"SELECT MAX(Number), COUNT(*), Person FROM Line GROUP BY Person HAVING COUNT(*) > {most}";
        using var reader = command.ExecuteReader();
        var persons = new List<(long, long, string)>();
        while (reader.Read()) persons.Add((reader.GetInt64(0), reader.GetInt64(1), reader.GetString(2)));
        return persons;
    }

    public int CountPersons() => (int)(long)Scalar("SELECT COUNT(DISTINCT Person) FROM Line");

    public int CountRefused() => (int)(long)Scalar("SELECT COUNT(*) FROM Refused");

    /// <summary>The lines of all persons that are not excluded, grouped by person.</summary>
    public IEnumerable<(long Number, string Person, string Text)> Lines()
    {
        using var command = _connection.CreateCommand();
        command.CommandText = "SELECT Number, Person, Text FROM Line INDEXED BY LineByPerson WHERE Person NOT IN (SELECT Person FROM Refused) ORDER BY Person, Number";
        using var reader = command.ExecuteReader();
        while (reader.Read()) yield return (reader.GetInt64(0), reader.GetString(1), reader.GetString(2));
    }

    /// <summary>Whether any line is about the person, accepted or refused.</summary>
    public bool Concerns(string person)
    {
        _concerns.Parameters[0].Value = person;
        return (long)_concerns.ExecuteScalar()! != 0;
    }

    /// <summary>Adds a change: a new person, or an existing one with its internal number.</summary>
    public void AddChange(long? id, Practitioner person) =>
        Execute(_addChange, (object?)id ?? DBNull.Value, JsonSerializer.Serialize(person, JsonColumn.Json));

    public IEnumerable<(long? Id, Practitioner Person)> Changes()
    {
        using var command = _connection.CreateCommand();
        command.CommandText = "SELECT Id, Person FROM Change ORDER BY Position";
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return (reader.IsDBNull(0) ? null : reader.GetInt64(0), JsonSerializer.Deserialize<Practitioner>(reader.GetString(1), JsonColumn.Json)!);
        }
    }

    public void AddDelisted(long id) => Execute($"INSERT INTO Delisted VALUES ({id})");

    public IEnumerable<long> Delisted()
    {
        using var command = _connection.CreateCommand();
        command.CommandText = "SELECT Id FROM Delisted";
        using var reader = command.ExecuteReader();
        while (reader.Read()) yield return reader.GetInt64(0);
    }

    public void Dispose()
    {
        foreach (var command in new[] { _addLine, _refuse, _concerns, _addChange }) command.Dispose();
        _connection.Dispose();
    }

    private SqliteCommand Prepare(string sql, params string[] parameters)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var name in parameters) command.Parameters.Add(new SqliteParameter { ParameterName = name });
        return command;
    }

    private static void Execute(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i];
        command.ExecuteNonQuery();
    }

    private void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private object Scalar(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar()!;
    }
}
