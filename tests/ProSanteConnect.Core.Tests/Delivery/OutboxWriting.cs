using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Delivery;
using ProSanteConnect.Testing;
using static ProSanteConnect.Core.Tests.Delivery.OutboxFixture;

namespace ProSanteConnect.Core.Tests.Delivery;

public sealed class OutboxWriting : IAsyncLifetime
{
    private TestDatabase _database = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _database = await TestDatabase.SqliteAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    [Trait("Requirement", "R11")]
    public async Task A_message_is_there_exactly_when_its_cause_is()
    {
        var outbox = new OutboxFixture(_database);
        await using (var db = _database.Open())
        await using (await db.Database.BeginTransactionAsync(Ct))
        {
            db.Revisions.Add(new Revision { Name = "cause" });
            outbox.Outbox.AddSms(db, Phone, new ActivationCodeSms("493027", 5), Terms("undone"));
            await db.SaveChangesAsync(Ct);
        }

        Assert.Empty(await outbox.Queue.DueAsync([Channel.Sms], Start, Ct));
        var kept = await outbox.AddAsync(Terms("kept"));
        Assert.Equal(kept.Id, Assert.Single(await outbox.Queue.DueAsync([Channel.Sms], Start, Ct)).Id);
    }

    [Fact]
    public async Task One_cause_sends_one_message()
    {
        var outbox = new OutboxFixture(_database);
        await outbox.AddAsync(Terms("activation-code:1"));

        await Assert.ThrowsAsync<DbUpdateException>(() => outbox.AddAsync(Terms("activation-code:1")));
    }

    [Fact]
    [Trait("Requirement", "T24")]
    public async Task A_row_shows_neither_the_recipient_nor_what_is_said()
    {
        var outbox = new OutboxFixture(_database);
        var message = await outbox.AddAsync();
        var row = Encoding.UTF8.GetString((await outbox.ReadAsync(message.Id)).Payload);

        Assert.DoesNotContain("493027", row, StringComparison.Ordinal);
        Assert.DoesNotContain("639980001", row, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Content_comes_back_as_it_was_written_and_does_not_print_itself()
    {
        var outbox = new OutboxFixture(_database);
        MailModel[] models =
        [
            new ActivationQr("Camille FICTIF", "qr-secret", Start.AddHours(1)),
            new ECpsActivated("Camille FICTIF", "Pixel 9", "card", Start, Start.AddYears(3)),
            new ECpsBlocked("Camille FICTIF", "Pixel 9", Start),
            new ECpsDeactivated("Camille FICTIF", "Pixel 9", "deleted", Start),
            new ECpsExpiresSoon("Camille FICTIF", "Pixel 9", 30, Start.AddDays(30)),
            new ECpsRenewed("Camille FICTIF", "Pixel 9", Start.AddYears(3)),
            new ECpsReplaced("Camille FICTIF", "Pixel 8", "Pixel 9", Start),
            new SignedInFromNewBrowser("Camille FICTIF", "Hôpital", "Firefox", "Rennes", Start),
        ];
        foreach (var (number, model) in models.Index())
        {
            await using var db = _database.Open();
            var message = outbox.Outbox.AddMail(db, Mail, model, Terms($"mail:{number}") with { Language = "en" });
            await db.SaveChangesAsync(Ct);

            var lease = await outbox.Queue.LeaseAsync(message.Id, Start, Ct);

            Assert.Equal(new OutboxContent("camille.fictif@example.org", null, "en", model), lease!.Content);
            Assert.Equal(model.Template, message.Template);
            Assert.DoesNotContain("FICTIF", $"{lease} {model}", StringComparison.Ordinal);
            Assert.DoesNotContain("camille", $"{lease}", StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_sent_message_keeps_no_content()
    {
        var outbox = new OutboxFixture(_database);
        var message = await outbox.AddAsync();

        await outbox.Queue.CompleteAsync((await outbox.Queue.LeaseAsync(message.Id, Start, Ct))!, Start, Ct);

        var sent = await outbox.ReadAsync(message.Id);
        Assert.Equal(OutboxStatus.Sent, sent.Status);
        Assert.Empty(sent.Payload);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_worker_is_woken_by_the_commit_and_not_before(bool inTransaction)
    {
        using var signal = new OutboxSignal();
        var databases = DatabaseSetup.Open(_database.Options, signal);
        var outbox = new Outbox(TestKeys.Master, signal);
        var clock = new FakeTimeProvider();
        var woken = signal.WaitAsync(TimeSpan.FromHours(1), clock, Ct);

        await using var db = databases.Create();
        await using var transaction = inTransaction ? await db.Database.BeginTransactionAsync(Ct) : null;
        outbox.AddSms(db, Phone, new ActivationCodeSms("493027", 5), Terms());
        if (inTransaction) await db.SaveChangesAsync(Ct);
        await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Ct);
        Assert.False(woken.IsCompleted);

        if (transaction is not null) await transaction.CommitAsync(Ct);
        else await db.SaveChangesAsync(Ct);

        await woken.WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System, Ct);
    }

    [Fact]
    public void Nothing_comes_back_from_sent_or_expired()
    {
        foreach (var trigger in Enum.GetValues<OutboxTrigger>())
        {
            Assert.Null(OutboxLifeCycle.Next(OutboxStatus.Sent, trigger));
            Assert.Null(OutboxLifeCycle.Next(OutboxStatus.Expired, trigger));
        }
    }
}
