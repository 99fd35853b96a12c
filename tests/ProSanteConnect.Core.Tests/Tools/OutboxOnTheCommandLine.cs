using Microsoft.Extensions.Time.Testing;
using ProSanteConnect.Core.Delivery;
using ProSanteConnect.Core.Tests.Delivery;
using ProSanteConnect.Testing;
using ProSanteConnect.Tools;
using ProSanteConnect.Tools.OutboxCommands;
using static ProSanteConnect.Core.Tests.Delivery.OutboxFixture;

namespace ProSanteConnect.Core.Tests.Tools;

/// <summary>psc outbox.</summary>
public sealed class OutboxOnTheCommandLine : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new(Start);
    private TestDatabase _database = null!;
    private OutboxFixture _outbox = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.SqliteAsync();
        _outbox = new OutboxFixture(_database);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    [Trait("Requirement", "R11")]
    public async Task The_list_shows_dead_letters_and_what_waits_without_a_recipient()
    {
        var dead = await DeadAsync("dead");
        var waiting = await _outbox.AddAsync(Terms("waiting"));
        var sent = await _outbox.AddAsync(Terms("sent"));
        await _outbox.Queue.CompleteAsync((await _outbox.Queue.LeaseAsync(sent.Id, Start, Ct))!, Start, Ct);

        var list = await PscAsync("list");
        var all = await PscAsync("list", "--all");

        Assert.Equal((ExitCode.Done, ""), (list.ExitCode, list.Error));
        Assert.Matches($"{dead.Id} .*SMS .*activation-code .*abandonné .*1 .*sms-400 ", list.Output);
        Assert.Matches($"{waiting.Id} .*en attente", list.Output);
        Assert.DoesNotContain($"{sent.Id}", list.Output, StringComparison.Ordinal);
        Assert.Matches($"{sent.Id} .*envoyé", all.Output);
        Assert.DoesNotContain("639980001", all.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dead_letter_is_tried_again_and_nothing_else_is()
    {
        var dead = await DeadAsync("dead");

        var again = await PscAsync("retry", $"{dead.Id}");
        var twice = await PscAsync("retry", $"{dead.Id}");
        var unknown = await PscAsync("retry", $"{Guid.NewGuid()}");

        Assert.Equal((ExitCode.Done, $"Le message {dead.Id} est de nouveau en attente."), (again.ExitCode, again.Output.Trim()));
        Assert.Equal((ExitCode.Refused, $"Le message {dead.Id} n'est pas abandonné : il est en attente."), (twice.ExitCode, twice.Error.Trim()));
        Assert.Equal(ExitCode.Refused, unknown.ExitCode);
        Assert.NotNull(await _outbox.Queue.LeaseAsync(dead.Id, Start, Ct));
    }

    [Fact]
    public async Task All_dead_letters_are_tried_again_but_for_those_whose_time_is_over()
    {
        await DeadAsync("first");
        await DeadAsync("second");
        var late = await DeadAsync("late", TimeSpan.FromMinutes(5));
        _clock.Advance(TimeSpan.FromMinutes(5));

        var again = await PscAsync("retry");
        var nothing = await PscAsync("retry");
        var tooLate = await PscAsync("retry", $"{late.Id}");

        Assert.Equal("2 messages sont de nouveau en attente.", again.Output.Trim());
        Assert.Equal("Aucun message abandonné n'a encore une utilité.", nothing.Output.Trim());
        Assert.Equal($"Le message {late.Id} a expiré : il ne sera plus envoyé.", tooLate.Error.Trim());
    }

    private async Task<OutboxMessage> DeadAsync(string key, TimeSpan? lifetime = null)
    {
        var message = await _outbox.AddAsync(Terms(key, lifetime));
        await _outbox.Queue.FailAsync((await _outbox.Queue.LeaseAsync(message.Id, Start, Ct))!, "sms-400", isFinal: true, Start, Ct);
        return message;
    }

    private Task<ToolRun> PscAsync(params string[] args) => ToolRun.OfAsync(OutboxCommand.Create(_clock), _database, args);
}
