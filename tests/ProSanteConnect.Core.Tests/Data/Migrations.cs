using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.SqlServer.Dac.Model;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using ProSanteConnect.Core.Data;

namespace ProSanteConnect.Core.Tests.Data;

/// <summary>
/// Every database has the migrations of the present model. SQL Server's engine cannot run here: its script is read by
/// Microsoft's own parser and built into Microsoft's own model, which together catch what no engine is needed for.
/// </summary>
public sealed class Migrations
{
    [Fact]
    public void SQLite_has_a_migration_for_everything_in_the_model()
    {
        using var db = new SqlitePscDb(new DbContextOptionsBuilder<SqlitePscDb>().UseSqlite("Data Source=:memory:").Options);

        Assert.False(db.Database.HasPendingModelChanges());
    }

    [Fact]
    public void PostgreSQL_has_a_migration_for_everything_in_the_model()
    {
        using var db = new PostgresPscDb(new DbContextOptionsBuilder<PostgresPscDb>().UseNpgsql("Host=localhost").Options);

        Assert.False(db.Database.HasPendingModelChanges());
    }

    [Fact]
    public void SQL_Server_has_a_migration_for_everything_in_the_model()
    {
        using var db = SqlServer();

        Assert.False(db.Database.HasPendingModelChanges());
    }

    [Fact]
    public void The_SQL_Server_script_is_well_formed_Transact_SQL()
    {
        var errors = Parse(Script(MigrationsSqlGenerationOptions.Idempotent), out _);

        Assert.Empty(errors.Select(e => $"line {e.Line}: {e.Message}"));
    }

    [Fact]
    public void The_SQL_Server_script_builds_a_consistent_database()
    {
        Parse(Script(MigrationsSqlGenerationOptions.Default), out var script);
        using var model = new TSqlModel(SqlServerVersion.Sql160, new TSqlModelOptions());
        var generator = new Sql160ScriptGenerator();
        var definitions = Fold(script.Batches.SelectMany(batch => batch.Statements).Where(IsDefinition));
        foreach (var definition in definitions)
        {
            generator.GenerateScript(definition, out var text);
            model.AddObjects(text);
        }

        var messages = model.Validate();

        Assert.NotEmpty(definitions);
        Assert.Empty(messages.Select(message => message.ToString()));
        Assert.Equal(TableNames(), model.GetObjects(DacQueryScopes.UserDefined, Table.TypeClass).Select(table => table.Name.Parts[^1]).Order());
    }

    // The model takes a table's columns where the table is made: those that later migrations add are moved there.
    private static List<TSqlStatement> Fold(IEnumerable<TSqlStatement> statements)
    {
        var folded = new List<TSqlStatement>();
        foreach (var statement in statements)
        {
            if (statement is not AlterTableAddTableElementStatement { Definition.ColumnDefinitions.Count: > 0 } addition)
            {
                folded.Add(statement);
                continue;
            }

            var table = folded.OfType<CreateTableStatement>()
                .Single(made => made.SchemaObjectName.BaseIdentifier.Value == addition.SchemaObjectName.BaseIdentifier.Value);
            foreach (var column in addition.Definition.ColumnDefinitions) table.Definition.ColumnDefinitions.Add(column);
        }

        return folded;
    }

    private static IEnumerable<string> TableNames()
    {
        using var db = SqlServer();
        return [.. db.Model.GetEntityTypes().Select(entity => entity.GetTableName()!).Order()];
    }

    private static bool IsDefinition(TSqlStatement statement) => statement is CreateTableStatement or CreateIndexStatement or AlterTableStatement;

    private static IList<ParseError> Parse(string text, out TSqlScript script)
    {
        using var reader = new StringReader(text);
        script = (TSqlScript)new TSql160Parser(initialQuotedIdentifiers: true).Parse(reader, out var errors);
        return errors;
    }

    private static string Script(MigrationsSqlGenerationOptions options)
    {
        using var db = SqlServer();
        return db.GetService<IMigrator>().GenerateScript(options: options);
    }

    private static SqlServerPscDb SqlServer() =>
        new(new DbContextOptionsBuilder<SqlServerPscDb>().UseSqlServer("Server=localhost").Options);
}
