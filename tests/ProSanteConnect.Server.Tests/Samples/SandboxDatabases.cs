using ProSanteConnect.Core.Data;
using ProSanteConnect.Sandbox.Start;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Server.Tests.Samples;

/// <summary>A data folder whose database another version of the program made.</summary>
public sealed class SandboxDatabases : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("psc-sandbox-").FullName;

    [Theory]
    [InlineData("20261125013556_Initial", "supprimez ce dossier")]
    [InlineData("99991231000000_Later", "plus récente")]
    public async Task A_database_whose_schema_cannot_be_used_is_refused_and_its_folder_is_named(string migration, string sentence)
    {
        var database = new DatabaseOptions
        {
            Provider = DatabaseProvider.Sqlite,
            ConnectionString = $"Data Source={Path.Combine(_folder, "psc.db")}",
        };
        await DatabaseHistory.AddAsync(database, migration);
        var arguments = new SandboxArguments { DataFolder = _folder, Database = database };

        var refusal = await Assert.ThrowsAsync<SandboxCannotStartException>(
            () => SandboxPreparation.PrepareAsync(arguments, TimeProvider.System, TestContext.Current.CancellationToken));

        Assert.Contains(sentence, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(_folder, refusal.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
