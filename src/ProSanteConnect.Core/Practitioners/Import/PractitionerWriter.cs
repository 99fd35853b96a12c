using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using ProSanteConnect.Core.Data;

namespace ProSanteConnect.Core.Practitioners.Import;

/// <summary>
/// Writes many practitioners in the transaction of a context with prepared commands, about ten times faster per row than
/// SaveChanges. Names, types and conversions come from the EF model, so every provider works.
/// </summary>
internal sealed class PractitionerWriter : IAsyncDisposable
{
    /// <summary>
    /// Rows per INSERT. More rows mean fewer round trips to a server; fewer rows suit SQLite's driver, which looks parameters up
    /// linearly by name.
    /// </summary>
    public const int RowsPerInsert = 16;

    private readonly DbConnection _connection;
    private readonly DbTransaction? _transaction;
    private readonly ISqlGenerationHelper _sql;
    private readonly Column _id;
    private readonly List<Column> _columns;
    private readonly string _table;
    private readonly DbCommand _insert;
    private readonly DbCommand _update;

    internal PractitionerWriter(PscDb db, DbTransaction? transaction)
    {
        var entity = db.Model.FindEntityType(typeof(Practitioner))!;
        var table = StoreObjectIdentifier.Create(entity, StoreObjectType.Table)!.Value;
        _sql = db.GetService<ISqlGenerationHelper>();
        _connection = db.Database.GetDbConnection();
        _transaction = transaction;
        _table = _sql.DelimitIdentifier(table.Name, table.Schema);

        var columns = entity.GetProperties().Select(p => new Column(p, _sql.DelimitIdentifier(p.GetColumnName(table)!))).ToList();
        _id = columns.Single(c => c.Property.IsPrimaryKey());
        _columns = [.. columns.Where(c => c != _id)];
        _insert = InsertCommand(RowsPerInsert);
        _update = UpdateCommand();
    }

    internal DbCommand Insert => _insert;

    internal DbCommand Update => _update;

    public static async Task<PractitionerWriter> CreateAsync(PscDb db, IDbContextTransaction transaction, CancellationToken ct)
    {
        var writer = new PractitionerWriter(db, transaction.GetDbTransaction());
        // SqlClient cannot prepare parameters without a size, such as dates, and SQL Server caches plans by command text anyway.
        if (db is SqlServerPscDb) return writer;

        await writer._insert.PrepareAsync(ct);
        await writer._update.PrepareAsync(ct);
        return writer;
    }

    /// <summary>Inserts at most <see cref="RowsPerInsert"/> persons.</summary>
    public async Task InsertAsync(IReadOnlyList<Practitioner> persons, CancellationToken ct)
    {
        if (persons.Count == RowsPerInsert)
        {
            await InsertAsync(_insert, persons, ct);
            return;
        }

        await using var insert = InsertCommand(persons.Count);
        await InsertAsync(insert, persons, ct);
    }

    public async Task UpdateAsync(long id, Practitioner person, CancellationToken ct)
    {
        SetParameters(_update, offset: 0, person);
        _update.Parameters[_columns.Count].Value = id;
        await _update.ExecuteNonQueryAsync(ct);
    }

    public async ValueTask DisposeAsync()
    {
        await _insert.DisposeAsync();
        await _update.DisposeAsync();
    }

    private async Task InsertAsync(DbCommand insert, IReadOnlyList<Practitioner> persons, CancellationToken ct)
    {
        for (var row = 0; row < persons.Count; row++) SetParameters(insert, row * _columns.Count, persons[row]);
        await insert.ExecuteNonQueryAsync(ct);
    }

    private void SetParameters(DbCommand command, int offset, Practitioner person)
    {
        for (var i = 0; i < _columns.Count; i++) command.Parameters[offset + i].Value = _columns[i].StoredValueOf(person);
    }

    private DbCommand InsertCommand(int rows)
    {
        var command = Command();
        var tuples = Enumerable.Range(0, rows)
            .Select(row => $"({string.Join(", ", _columns.Select((column, i) => AddParameter(command, column, $"p{(row * _columns.Count) + i}")))})")
            .ToList();
        command.CommandText = $"INSERT INTO {_table} ({string.Join(", ", _columns.Select(c => c.Name))}) VALUES {string.Join(", ", tuples)}";
        return command;
    }

    private DbCommand UpdateCommand()
    {
        var command = Command();
        var assignments = _columns.Select((column, i) => $"{column.Name} = {AddParameter(command, column, $"p{i}")}").ToList();
        command.CommandText = $"UPDATE {_table} SET {string.Join(", ", assignments)} WHERE {_id.Name} = {AddParameter(command, _id, "id")}";
        return command;
    }

    private DbCommand Command()
    {
        var command = _connection.CreateCommand();
        command.Transaction = _transaction;
        return command;
    }

    private string AddParameter(DbCommand command, Column column, string name)
    {
        var parameter = column.Mapping.CreateParameter(command, _sql.GenerateParameterName(name), value: null, nullable: true);
        if (column.IsUnlimited) parameter.Size = -1; // SqlClient truncates at 4,000 characters by default
        command.Parameters.Add(parameter);
        return _sql.GenerateParameterNamePlaceholder(name);
    }

    private sealed record Column(IProperty Property, string Name)
    {
        public RelationalTypeMapping Mapping { get; } = Property.GetRelationalTypeMapping();

        public bool IsUnlimited => Property.GetMaxLength() is null && (Mapping.Converter?.ProviderClrType ?? Mapping.ClrType) == typeof(string);

        public object StoredValueOf(Practitioner person)
        {
            var value = Property.GetGetter().GetClrValue(person);
            return (Mapping.Converter is { } converter && value is not null ? converter.ConvertToProvider(value) : value) ?? DBNull.Value;
        }
    }
}
