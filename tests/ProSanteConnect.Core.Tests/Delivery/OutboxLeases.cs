using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Delivery;
using ProSanteConnect.Testing;
using static ProSanteConnect.Core.Tests.Delivery.OutboxFixture;

namespace ProSanteConnect.Core.Tests.Delivery;

public sealed class OutboxLeases
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    [Trait("Requirement", "R11")]
    public async Task Of_fifty_workers_one_gets_the_message(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var outbox = new OutboxFixture(database);
        for (var round = 0; round < 4; round++)
        {
            var message = await outbox.AddAsync(Terms($"race:{round}"));
            using var start = new Barrier(50);

            var leases = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    start.SignalAndWait(Ct);
                    return outbox.Queue.LeaseAsync(message.Id, Start, Ct);
                },
                Ct,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default).Unwrap()));

            Assert.Single(leases, lease => lease is not null);
            Assert.Equal(1, (await outbox.ReadAsync(message.Id)).Attempts);
        }
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    [Trait("Requirement", "R11")]
    public async Task What_a_killed_worker_held_is_free_when_its_lease_is_over(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var outbox = new OutboxFixture(database);
        var message = await outbox.AddAsync();
        var killed = await outbox.Queue.LeaseAsync(message.Id, Start, Ct);

        var tooSoon = await outbox.Queue.LeaseAsync(message.Id, Start.AddSeconds(59), Ct);
        var second = await outbox.Queue.LeaseAsync(message.Id, Start.AddSeconds(60), Ct);

        Assert.Null(tooSoon);
        Assert.Equal(2, second!.Attempt);
        Assert.False(await outbox.Queue.CompleteAsync(killed!, Start.AddSeconds(61), Ct));
        Assert.Equal(FailureOutcome.LeaseLost, await outbox.Queue.FailAsync(killed!, "late", isFinal: true, Start.AddSeconds(61), Ct));
        Assert.True(await outbox.Queue.CompleteAsync(second, Start.AddSeconds(61), Ct));
        Assert.Null(await outbox.Queue.LeaseAsync(message.Id, Start.AddMinutes(30), Ct));
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task A_failed_message_waits_1_2_4_and_at_most_60_seconds(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var outbox = new OutboxFixture(database);
        var message = await outbox.AddAsync();
        var now = Start;
        var pauses = new List<double>();

        for (var attempt = 0; attempt < 8; attempt++)
        {
            var lease = await outbox.Queue.LeaseAsync(message.Id, now, Ct);
            Assert.Equal(FailureOutcome.PutOff, await outbox.Queue.FailAsync(lease!, "smtp-421", isFinal: false, now, Ct));
            var next = (await outbox.ReadAsync(message.Id)).NotBefore;
            Assert.Null(await outbox.Queue.LeaseAsync(message.Id, next.AddTicks(-10), Ct));
            Assert.Empty(await outbox.Queue.DueAsync([Channel.Sms], next.AddTicks(-10), Ct));
            pauses.Add((next - now).TotalSeconds);
            now = next;
        }

        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60], pauses);
        Assert.Single(await outbox.Queue.DueAsync([Channel.Sms], now, Ct));
    }

    [Fact]
    public async Task A_message_that_failed_too_often_is_a_dead_letter_that_the_operator_can_send_again()
    {
        await using var database = await TestDatabase.SqliteAsync();
        var outbox = new OutboxFixture(database, new OutboxOptions { MaxAttempts = 3 });
        var message = await outbox.AddAsync();
        var outcomes = new List<FailureOutcome>();
        for (var attempt = 0; attempt < 3; attempt++)
        {
            var lease = await outbox.Queue.LeaseAsync(message.Id, Start.AddMinutes(attempt), Ct);
            outcomes.Add(await outbox.Queue.FailAsync(lease!, "smtp-421", isFinal: false, Start.AddMinutes(attempt), Ct));
        }

        Assert.Equal([FailureOutcome.PutOff, FailureOutcome.PutOff, FailureOutcome.Dead], outcomes);
        Assert.Null(await outbox.Queue.LeaseAsync(message.Id, Start.AddMinutes(10), Ct));
        Assert.IsType<SendAgainResult.Waiting>(await DeadLetters.SendAgainAsync(database.Factory, message.Id, Start.AddMinutes(10), Ct));
        var again = await outbox.Queue.LeaseAsync(message.Id, Start.AddMinutes(10), Ct);
        Assert.Equal(1, again!.Attempt);
        Assert.Equal("+33639980001", again.Content.Recipient);
    }

    [Fact]
    public async Task A_refusal_for_good_is_a_dead_letter_at_once()
    {
        await using var database = await TestDatabase.SqliteAsync();
        var outbox = new OutboxFixture(database);
        var message = await outbox.AddAsync();
        var lease = await outbox.Queue.LeaseAsync(message.Id, Start, Ct);

        Assert.Equal(FailureOutcome.Dead, await outbox.Queue.FailAsync(lease!, "smtp-550", isFinal: true, Start, Ct));

        var dead = await outbox.ReadAsync(message.Id);
        Assert.Equal((OutboxStatus.Dead, "smtp-550"), (dead.Status, dead.LastError));
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    [Trait("Requirement", "R11")]
    public async Task A_code_that_has_expired_is_never_sent_and_is_erased(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var outbox = new OutboxFixture(database);
        var waiting = await outbox.AddAsync(Terms("waiting", TimeSpan.FromMinutes(5)));
        var alive = await outbox.AddAsync(Terms("alive", TimeSpan.FromMinutes(6)));
        var dead = await outbox.AddAsync(Terms("dead", TimeSpan.FromMinutes(5)));
        await outbox.Queue.FailAsync((await outbox.Queue.LeaseAsync(dead.Id, Start, Ct))!, "sms-400", isFinal: true, Start, Ct);
        var now = Start.AddMinutes(5);

        Assert.Null(await outbox.Queue.LeaseAsync(waiting.Id, now, Ct));
        Assert.Equal([KeyValuePair.Create(Channel.Sms, 1)], await outbox.Queue.ExpireAsync(now, Ct));

        var expired = await outbox.ReadAsync(waiting.Id);
        Assert.Equal((OutboxStatus.Expired, now), (expired.Status, expired.SettledAt));
        Assert.Empty(expired.Payload);
        Assert.NotEmpty((await outbox.ReadAsync(alive.Id)).Payload);
        var letter = await outbox.ReadAsync(dead.Id);
        Assert.Equal(OutboxStatus.Dead, letter.Status);
        Assert.Empty(letter.Payload);
        Assert.IsType<SendAgainResult.TooLate>(await DeadLetters.SendAgainAsync(database.Factory, dead.Id, now, Ct));
        Assert.Equal(OutboxStatus.Expired, Assert.IsType<SendAgainResult.NotDead>(await DeadLetters.SendAgainAsync(database.Factory, waiting.Id, now, Ct)).Status);
        Assert.IsType<SendAgainResult.Unknown>(await DeadLetters.SendAgainAsync(database.Factory, Guid.NewGuid(), now, Ct));
    }

    [Fact]
    public async Task What_is_just_being_sent_does_not_expire_under_the_worker()
    {
        await using var database = await TestDatabase.SqliteAsync();
        var outbox = new OutboxFixture(database);
        var message = await outbox.AddAsync(Terms(lifetime: TimeSpan.FromMinutes(5)));
        var lease = await outbox.Queue.LeaseAsync(message.Id, Start.AddMinutes(5).AddSeconds(-1), Ct);

        Assert.Empty(await outbox.Queue.ExpireAsync(Start.AddMinutes(5), Ct));
        Assert.True(await outbox.Queue.CompleteAsync(lease!, Start.AddMinutes(5).AddSeconds(1), Ct));
        Assert.Equal(OutboxStatus.Sent, (await outbox.ReadAsync(message.Id)).Status);
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task A_heap_of_mails_hides_no_SMS(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var outbox = new OutboxFixture(database, new OutboxOptions { BatchSize = 2 });
        await using (var db = database.Open())
        {
            for (var i = 0; i < 9; i++)
                outbox.Outbox.AddMail(db, Mail, new Core.Delivery.ECpsBlocked("Camille FICTIF", "Pixel 9", Start), Terms($"mail:{i}"));
            await db.SaveChangesAsync(Ct);
        }

        await outbox.AddAsync(Terms("sms", now: Start.AddSeconds(5)));

        var due = await outbox.Queue.DueAsync([Channel.Mail, Channel.Sms, Channel.Push], Start.AddSeconds(6), Ct);

        Assert.Equal([Channel.Mail, Channel.Mail, Channel.Sms], due.Select(m => m.Channel).Order());
        Assert.Empty(await outbox.Queue.DueAsync([Channel.Push], Start.AddSeconds(6), Ct));
        Assert.Equal(Start, await outbox.Queue.OldestWaitingAsync(Start.AddSeconds(6), Ct));
        Assert.Null(await outbox.Queue.OldestWaitingAsync(Start.AddDays(1), Ct));
    }
}
