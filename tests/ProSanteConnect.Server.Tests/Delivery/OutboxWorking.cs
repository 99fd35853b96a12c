using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Delivery;
using ProSanteConnect.Server.Delivery;
using ProSanteConnect.Server.Shared.Telemetry;
using ProSanteConnect.Testing;
using static ProSanteConnect.Server.Tests.Delivery.DeliveryFixture;

namespace ProSanteConnect.Server.Tests.Delivery;

public sealed class OutboxWorking
{
    private static readonly OutboxOptions Quick = new()
    {
        PollInterval = TimeSpan.FromMilliseconds(100),
        Lease = TimeSpan.FromSeconds(5),
        MaxPause = TimeSpan.FromSeconds(1),
        MaxAttempts = 1000,
    };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    [Trait("Requirement", "R11")]
    public async Task With_a_gateway_that_is_down_a_third_of_the_time_and_workers_that_are_killed_nothing_is_lost(DatabaseProvider provider)
    {
        const int messages = 120;
        await using var database = await TestDatabase.CreateAsync(provider);
        var gateway = new UnreliableGateway();
        var expected = new HashSet<string>();
        var working = true;

        // Three workers; each is stopped at any instant, as a killed process is.
        var workers = Enumerable.Range(0, 3).Select(number => Task.Run(
            async () =>
            {
                for (var life = 0; Volatile.Read(ref working); life++)
                {
                    var mortal = new MortalGateway(gateway);
                    using var worker = Worker(database, mortal);
                    await worker.StartAsync(Ct);
                    await Task.Delay(TimeSpan.FromMilliseconds(700 + 370 * number), TimeProvider.System, Ct);
                    mortal.Kill();
                    if (!Volatile.Read(ref working)) await worker.StopAsync(Ct);
                    else _ = worker.StopAsync(Ct);
                }
            },
            Ct)).ToList();

        for (var i = 0; i < messages; i++)
        {
            await AddAsync(database, $"message:{i}");
            expected.Add($"message:{i}");
        }

        await EventuallyAsync(database, async db => await db.Outbox.AllAsync(m => m.Status == OutboxStatus.Sent, Ct), TimeSpan.FromSeconds(90));
        Volatile.Write(ref working, false);
        await Task.WhenAll(workers);

        Assert.Equal(expected, gateway.Taken.Keys.ToHashSet());
        Assert.Each(gateway.Taken, taken => Assert.Single(taken.Value.Distinct()));
        Assert.True(gateway.Refusals > 0);
    }

    [Fact]
    [Trait("Requirement", "R11")]
    public async Task A_code_that_expired_while_the_gateway_was_down_is_never_sent()
    {
        await using var database = await TestDatabase.SqliteAsync();
        var gateway = new UnreliableGateway { Down = true };
        using var worker = Worker(database, gateway);
        await AddAsync(database, "expires", TimeSpan.FromSeconds(2));
        await AddAsync(database, "lives");
        await worker.StartAsync(Ct);

        await Task.Delay(TimeSpan.FromSeconds(2.2), TimeProvider.System, Ct);
        gateway.Down = false;
        await EventuallyAsync(database, async db => !await db.Outbox.AnyAsync(m => m.Status == OutboxStatus.Waiting, Ct), TimeSpan.FromSeconds(30));
        await worker.StopAsync(Ct);

        Assert.Equal(["lives"], gateway.Taken.Keys);
        await using var db = database.Open();
        Assert.Equal(OutboxStatus.Expired, (await db.Outbox.SingleAsync(m => m.IdempotencyKey == "expires", Ct)).Status);
    }

    [Fact]
    public async Task A_channel_that_hangs_holds_up_no_other()
    {
        await using var database = await TestDatabase.SqliteAsync();
        var hanging = new HangingMail();
        var gateway = new UnreliableGateway();
        using var worker = Worker(database, hanging, gateway);
        await worker.StartAsync(Ct);
        await using (var db = database.Open())
        {
            Outbox().AddMail(db, Recipient, Qr, Terms("mail", TimeSpan.FromMinutes(5)));
            await db.SaveChangesAsync(Ct);
        }

        await hanging.Begun.Task.WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System, Ct);
        await AddAsync(database, "sms");

        await EventuallyAsync(database, async db => await db.Outbox.AnyAsync(m => m.Channel == Channel.Sms && m.Status == OutboxStatus.Sent, Ct), TimeSpan.FromSeconds(4));
        hanging.Release.TrySetResult();
        await worker.StopAsync(Ct);
        await using var reader = database.Open();
        Assert.Equal(OutboxStatus.Sent, (await reader.Outbox.SingleAsync(m => m.Channel == Channel.Mail, Ct)).Status);
    }

    [Fact]
    public async Task A_gateway_that_is_down_is_asked_once_a_round_and_not_once_a_message()
    {
        await using var database = await TestDatabase.SqliteAsync();
        var gateway = new UnreliableGateway { Down = true };
        for (var i = 0; i < 40; i++) await AddAsync(database, $"message:{i}");
        using var worker = Worker(database, gateway);

        await worker.StartAsync(Ct);
        await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Ct);
        await worker.StopAsync(Ct);

        Assert.InRange(gateway.Refusals, 1, 8);
    }

    [Fact]
    public async Task In_the_whole_server_a_committed_message_goes_at_once()
    {
        var messages = new RecordingDelivery();
        await using var app = await PscApp.StartAsync(configure: builder => messages.AddTo(builder.Services));
        await using (var scope = app.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<PscDb>();
            var now = app.Clock.GetUtcNow();
            scope.ServiceProvider.GetRequiredService<Outbox>().AddSms(
                db, Phone, new ActivationCodeSms("493027", 5), new DeliveryTerms { IdempotencyKey = "at-once", Now = now, ExpiresAt = now.AddMinutes(5) });
            await db.SaveChangesAsync(Ct);
        }

        // The clock of the server stands still: only the signal can have woken the worker.
        Assert.Equal("493027", (await messages.NextAsync<ActivationCodeSms>(Ct)).Code);
        await EventuallyAsync(app.Database, async db => await db.Outbox.AnyAsync(m => m.Status == OutboxStatus.Sent, Ct), TimeSpan.FromSeconds(10));
    }

    private static Outbox Outbox() => new(TestKeys.Master, new OutboxSignal());

    private static DeliveryTerms Terms(string key, TimeSpan lifetime)
    {
        var now = TimeProvider.System.GetUtcNow();
        return new DeliveryTerms { IdempotencyKey = key, Now = now, ExpiresAt = now + lifetime };
    }

    private static async Task AddAsync(TestDatabase database, string key, TimeSpan? lifetime = null)
    {
        await using var db = database.Open();
        Outbox().AddSms(db, Phone, new ActivationCodeSms("493027", 5), Terms(key, lifetime ?? TimeSpan.FromMinutes(10)));
        await db.SaveChangesAsync(Ct);
    }

    private static OutboxWorker Worker(TestDatabase database, params IDelivery[] deliveries)
    {
        var services = new ServiceCollection();
        services.AddMetrics();
        services.AddOptions();
        services.Configure<Server.Delivery.Push.PushOptions>(push => push.Enabled = false);
        var provider = services.BuildServiceProvider();
        return new OutboxWorker(
            new OutboxQueue(database.Factory, TestKeys.Master, Quick),
            new OutboxSignal(),
            new DeliveryChannels(provider, deliveries),
            Options.Create(Quick),
            TimeProvider.System,
            new PscMetrics(provider.GetRequiredService<IMeterFactory>()),
            NullLogger<OutboxWorker>.Instance);
    }

    private static async Task EventuallyAsync(TestDatabase database, Func<PscDb, Task<bool>> happened, TimeSpan within)
    {
        var patience = System.Diagnostics.Stopwatch.StartNew();
        while (true)
        {
            await using var db = database.Open();
            if (await happened(db)) return;

            Assert.True(patience.Elapsed < within, "It did not happen in time.");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Ct);
        }
    }

    /// <summary>Fails every third attempt; some of the failed messages were accepted.</summary>
    private sealed class UnreliableGateway : IDelivery
    {
        private int _attempts;
        private int _refusals;

        public bool Down { get; set; }

        public int Refusals => Volatile.Read(ref _refusals);

        public ConcurrentDictionary<string, ConcurrentQueue<string>> Taken { get; } = new();

        public Channel Channel => Channel.Sms;

        public int Parallelism => 4;

        public async Task<DeliveryResult> SendAsync(LeasedMessage message, CancellationToken ct)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, ct);
            var attempt = Interlocked.Increment(ref _attempts);
            var fails = Down || attempt % 3 == 0;
            if (!Down && (!fails || attempt % 9 == 0)) Taken.GetOrAdd(message.IdempotencyKey, _ => new()).Enqueue(Renderer.Render(message.Content).Text);
            if (!fails) return new DeliveryResult.Sent();

            Interlocked.Increment(ref _refusals);
            return attempt % 2 == 0 ? new DeliveryResult.GatewayDown("sms-503") : new DeliveryResult.PutOff("sms-timeout");
        }
    }

    /// <summary>The gateway for a process that may be killed: after that, no answer arrives and nothing is written.</summary>
    private sealed class MortalGateway(IDelivery gateway) : IDelivery
    {
        private volatile bool _killed;

        public Channel Channel => gateway.Channel;

        public int Parallelism => gateway.Parallelism;

        public void Kill() => _killed = true;

        public async Task<DeliveryResult> SendAsync(LeasedMessage message, CancellationToken ct)
        {
            if (_killed) await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, CancellationToken.None);
            var result = await gateway.SendAsync(message, ct);
            if (_killed) await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, CancellationToken.None);
            return result;
        }
    }

    private sealed class HangingMail : IDelivery
    {
        public TaskCompletionSource Begun { get; } = new();

        public TaskCompletionSource Release { get; } = new();

        public Channel Channel => Channel.Mail;

        public int Parallelism => 1;

        public async Task<DeliveryResult> SendAsync(LeasedMessage message, CancellationToken ct)
        {
            Begun.TrySetResult();
            await Release.Task;
            return new DeliveryResult.Sent();
        }
    }
}
