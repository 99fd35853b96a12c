using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using ProSanteConnect.Core.Delivery;
using ProSanteConnect.Core.Devices;
using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Testing;
using ProSanteConnect.Tools;
using ProSanteConnect.Tools.ECpsCommands;

namespace ProSanteConnect.Core.Tests.Tools;

/// <summary>psc ecps.</summary>
public sealed class ECpsOnTheCommandLine : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 6, 1, 8, 0, 0, TimeSpan.Zero);
    private readonly FakeTimeProvider _clock = new(Start);
    private readonly string _masterKey = Path.GetTempFileName();
    private TestDatabase _database = null!;
    private Practitioner _holder = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.SqliteAsync();
        _holder = Build.Practitioner();
        await using var db = _database.Open();
        db.Add(_holder);
        await db.SaveChangesAsync(Ct);
        await File.WriteAllTextAsync(_masterKey, Convert.ToBase64String(new byte[32]), Ct);
    }

    public async ValueTask DisposeAsync()
    {
        File.Delete(_masterKey);
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Show_lists_every_e_CPS_of_a_holder_with_state_and_dates()
    {
        Assert.Equal("Aucune e-CPS n'a été activée.", (await PscAsync("show", _holder.NationalId)).Output.Trim());

        await AddECpsAsync();
        var shown = await PscAsync("show", _holder.NationalId[1..]);

        Assert.Equal((ExitCode.Done, ""), (shown.ExitCode, shown.Error));
        Assert.Matches("Active .*Pixel 9 .*carte ", shown.Output);
    }

    [Fact]
    public async Task Deactivate_ends_it_at_once_tells_the_holder_and_names_the_operator()
    {
        var eCps = await AddECpsAsync();

        var done = await PscAsync("deactivate", _holder.NationalId, "--master-key", _masterKey);
        var again = await PscAsync("deactivate", _holder.NationalId, "--master-key", _masterKey);

        Assert.Equal((ExitCode.Done, ""), (done.ExitCode, done.Error));
        Assert.Equal(ExitCode.Refused, again.ExitCode);
        Assert.Contains("désactivée par un opérateur", again.Error, StringComparison.Ordinal);
        await using var db = _database.Open();
        Assert.Equal(DeactivationReason.Operator, (await db.ECps.SingleAsync(e => e.Id == eCps.Id, Ct)).DeactivationReason);
        Assert.Equal("e-cps-deactivated", (await db.Outbox.SingleAsync(m => m.Channel == Channel.Mail, Ct)).Template);
        Assert.StartsWith("psc (", (await db.Journal.OrderBy(e => e.Id).LastAsync(Ct)).Actor, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pas-un-identifiant!", "n'est pas un identifiant national")]
    [InlineData("899799999995", "L'annuaire ne contient pas")]
    public async Task Whoever_is_not_there_is_said_not_to_be(string typed, string sentence)
    {
        foreach (var command in new[] { "show", "deactivate" })
        {
            var refused = await PscAsync(command, typed, "--master-key", _masterKey);

            Assert.Equal(ExitCode.Refused, refused.ExitCode);
            Assert.Contains(sentence, refused.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Without_the_master_key_nobody_could_be_told_and_nothing_is_done()
    {
        var eCps = await AddECpsAsync();

        Assert.Equal(ExitCode.Misused, (await PscAsync("deactivate", _holder.NationalId)).ExitCode);

        await using var db = _database.Open();
        Assert.Equal(ECpsStatus.Active, (await db.ECps.SingleAsync(e => e.Id == eCps.Id, Ct)).Status);
    }

    private async Task<ECps> AddECpsAsync()
    {
        var eCps = Build.ECps(_holder, Start);
        await using var db = _database.Open();
        db.Add(eCps);
        await db.SaveChangesAsync(Ct);
        return eCps;
    }

    private Task<ToolRun> PscAsync(params string[] args) => ToolRun.OfAsync(ECpsCommand.Create(_clock), _database, args);
}
