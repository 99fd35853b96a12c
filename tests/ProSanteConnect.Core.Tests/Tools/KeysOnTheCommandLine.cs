using Microsoft.Extensions.Time.Testing;
using ProSanteConnect.Core.Keys;
using ProSanteConnect.Core.Security;
using ProSanteConnect.Testing;
using ProSanteConnect.Tools;
using ProSanteConnect.Tools.KeyCommands;

namespace ProSanteConnect.Core.Tests.Tools;

/// <summary>psc keys.</summary>
public sealed class KeysOnTheCommandLine : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 1, 8, 0, 0, TimeSpan.Zero));
    private readonly string _folder = Directory.CreateTempSubdirectory("psc-test-").FullName;
    private MasterKey _masterKey = null!;
    private TestDatabase _database = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string MasterKeyFile => Path.Combine(_folder, "master.key");

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.SqliteAsync();
        _masterKey = MasterKey.FromFile(MasterKeyFile, createWhenMissing: true);
        await new KeyRotation(_database.Factory, _masterKey, new KeyOptions()).EnsureAsync(_clock.GetUtcNow(), Ct);
    }

    public async ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task The_list_says_what_each_key_does_and_until_when()
    {
        await PscAsync("rotate");

        var list = await PscAsync("list");

        var rows = list.Output.Split('\n').Where(line => line.Contains("RS256", StringComparison.Ordinal)).ToList();
        Assert.Equal(ExitCode.Done, list.ExitCode);
        Assert.Equal(2, rows.Count);
        Assert.Matches("active .* 01/01/2026 08:00 .* 15/01/2026 08:00 .* 29/01/2026 08:00", rows[0]);
        Assert.Matches("annoncée .* 15/01/2026 08:00", rows[1]);
        Assert.Contains(await SigningKidAsync(), rows[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rotation_is_announced_and_can_be_hurried()
    {
        var announced = await PscAsync("rotate");
        var again = await PscAsync("rotate");
        var hurried = await PscAsync("rotate", "--immediately");

        Assert.Contains("elle signera à partir du 15/01/2026 08:00.", announced.Output, StringComparison.Ordinal);
        Assert.Contains("était déjà annoncée", again.Output, StringComparison.Ordinal);
        Assert.Equal($"La clé {await SigningKidAsync()} signe désormais.", hurried.Output.Trim());
    }

    [Fact]
    public async Task A_key_that_may_be_known_is_retired()
    {
        var kid = await SigningKidAsync();

        var retired = await PscAsync("retire", kid);
        var again = await PscAsync("retire", kid);
        var unknown = await PscAsync("retire", "no-such-key");

        Assert.Equal((ExitCode.Done, ""), (retired.ExitCode, retired.Error));
        Assert.NotEqual(kid, await SigningKidAsync());
        Assert.Equal((ExitCode.Refused, $"La clé {kid} était déjà supprimée."), (again.ExitCode, again.Error.Trim()));
        Assert.Equal(ExitCode.Refused, unknown.ExitCode);
    }

    [Fact]
    public async Task A_rotation_without_the_master_key_is_misuse_and_the_list_needs_none()
    {
        var rotation = await ToolRun.OfAsync(KeysCommand.Create(_clock), _database, "rotate");
        var list = await ToolRun.OfAsync(KeysCommand.Create(_clock), _database, "list");

        Assert.Equal(ExitCode.Misused, rotation.ExitCode);
        Assert.Contains("--master-key", rotation.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, list.ExitCode);
    }

    [Theory]
    [InlineData("bm90IGEga2V5", "256 bits")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "n'est pas celle de cette base")]
    public async Task Another_master_key_changes_nothing(string content, string said)
    {
        var kid = await SigningKidAsync();
        await File.WriteAllTextAsync(MasterKeyFile, content, Ct);

        var run = await PscAsync("rotate", "--immediately");

        Assert.Equal(ExitCode.Refused, run.ExitCode);
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
        Assert.Equal(kid, await SigningKidAsync());
    }

    private Task<ToolRun> PscAsync(params string[] args) =>
        ToolRun.OfAsync(KeysCommand.Create(_clock), _database, [.. args, "--master-key", MasterKeyFile]);

    private async Task<string> SigningKidAsync()
    {
        await using var db = _database.Open();
        return (await KeyRing.LoadAsync(db, _masterKey, Ct)).SigningKey(_clock.GetUtcNow()).Kid;
    }
}
