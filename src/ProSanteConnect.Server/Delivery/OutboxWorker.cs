using System.Diagnostics;
using Microsoft.Extensions.Options;
using ProSanteConnect.Core.Delivery;
using ProSanteConnect.Server.Shared.Errors;
using ProSanteConnect.Server.Shared.Telemetry;

namespace ProSanteConnect.Server.Delivery;

/// <summary>
/// Hands what waits in the outbox to the gateways: at once when this node has written it, within a tick when another has. One
/// query a tick; a channel that is busy is not asked about, so that a hanging mail server holds up no SMS.
/// </summary>
internal sealed class OutboxWorker(
    OutboxQueue queue,
    OutboxSignal signal,
    DeliveryChannels channels,
    IOptions<OutboxOptions> options,
    TimeProvider clock,
    PscMetrics metrics,
    ILogger<OutboxWorker> logger) : BackgroundService
{
    private static readonly TimeSpan HousekeepingInterval = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan[] SettlingPauses = [TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(2)];

    private readonly Dictionary<Channel, Task> _batches = [];
    private DateTimeOffset _nextHousekeeping;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var closed in channels.Closed) logger.ChannelOff(closed);

        while (!stoppingToken.IsCancellationRequested)
        {
            await GuardAsync(() => TickAsync(stoppingToken), stoppingToken);
            try
            {
                await signal.WaitAsync(options.Value.PollInterval, clock, stoppingToken);
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }

        // What is on its way comes to an end: cut off, it would be sent twice.
        await Task.WhenAll(_batches.Values);
    }

    private async Task TickAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (now >= _nextHousekeeping)
        {
            await KeepHouseAsync(now, ct);
            _nextHousekeeping = now + HousekeepingInterval;
        }

        var idle = channels.Open.Where(one => !_batches.TryGetValue(one.Channel, out var batch) || batch.IsCompleted).ToList();
        var due = await queue.DueAsync([.. idle.Select(one => one.Channel)], now, ct);
        if (due.Any(message => message.ExpiresAt <= now)) await ExpireAsync(now, ct);

        foreach (var delivery in idle)
        {
            var batch = due.Where(message => message.Channel == delivery.Channel && message.ExpiresAt > now).ToList();
            if (batch.Count > 0) Begin(delivery, batch, ct);
        }
    }

    // Its end is worth another look: what came meanwhile found the channel busy. A gateway that is down is left in peace.
    private void Begin(IDelivery delivery, List<DueMessage> batch, CancellationToken ct)
    {
        var mayGoOn = false;
        var sending = Task.Run(
            () => GuardAsync(async () => mayGoOn = await SendAsync(delivery, batch, ct), ct), CancellationToken.None);
        _batches[delivery.Channel] = sending;
        _ = sending.ContinueWith(
            _ =>
            {
                if (mayGoOn) signal.Ring();
            },
            TaskScheduler.Default);
    }

    private async Task KeepHouseAsync(DateTimeOffset now, CancellationToken ct)
    {
        await ExpireAsync(now, ct);
        var oldest = await queue.OldestWaitingAsync(now, ct);
        metrics.OldestMessageWaits(oldest is { } since ? now - since : TimeSpan.Zero);
    }

    private async Task ExpireAsync(DateTimeOffset now, CancellationToken ct)
    {
        foreach (var (channel, count) in await queue.ExpireAsync(now, ct))
        {
            logger.MessagesExpired(count, channel);
            metrics.MessageHandled(NameOf(channel), "expired", count);
        }
    }

    /// <summary>Hands on a batch; false when the gateway takes nothing at all.</summary>
    private async Task<bool> SendAsync(IDelivery delivery, List<DueMessage> batch, CancellationToken stopping)
    {
        using var gatewayDown = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        try
        {
            await Parallel.ForEachAsync(
                batch,
                new ParallelOptions { MaxDegreeOfParallelism = delivery.Parallelism },
                async (due, _) =>
                {
                    if (gatewayDown.IsCancellationRequested) return;
                    if (!await SendAsync(delivery, due)) await gatewayDown.CancelAsync();
                });
        }
        finally
        {
            await delivery.EndBatchAsync();
        }

        return !gatewayDown.IsCancellationRequested;
    }

    /// <summary>One attempt; false when the gateway takes nothing at all.</summary>
    private async Task<bool> SendAsync(IDelivery delivery, DueMessage due)
    {
        var now = clock.GetUtcNow();
        if (await queue.LeaseAsync(due.Id, now, CancellationToken.None) is not { } message) return true;

        var result = await AttemptAsync(delivery, message, now);
        await SettleAsync(message, result);
        return result is not DeliveryResult.GatewayDown;
    }

    private async Task<DeliveryResult> AttemptAsync(IDelivery delivery, LeasedMessage message, DateTimeOffset now)
    {
        // The attempt ends before its lease does, so that it is never sent by two at once, and before a code in it expires.
        var until = (message.LeasedUntil - now) * 0.9;
        if (message.ExpiresAt - now < until) until = message.ExpiresAt - now;
        using var limit = new CancellationTokenSource(until, clock);
        try
        {
            return await delivery.SendAsync(message, limit.Token);
        }
        catch (OperationCanceledException)
        {
            return new DeliveryResult.GatewayDown("timeout");
        }
        catch (Exception exception)
        {
            logger.OutboxFailed(exception);
            return new DeliveryResult.PutOff($"fault-{exception.GetType().Name}");
        }
    }

    private async Task SettleAsync(LeasedMessage message, DeliveryResult result)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await WriteAsync(message, result, clock.GetUtcNow());
                return;
            }
            // A sent message whose row could not be written would be sent again.
            catch (Exception exception) when (attempt < SettlingPauses.Length && DatabaseFailure.Find(exception) is not null)
            {
                await Task.Delay(SettlingPauses[attempt], CancellationToken.None);
            }
        }
    }

    private async Task WriteAsync(LeasedMessage message, DeliveryResult result, DateTimeOffset now)
    {
        switch (result)
        {
            case DeliveryResult.Sent:
                if (await queue.CompleteAsync(message, now, CancellationToken.None))
                    logger.MessageSent(message.Content.Model.Template, message.Id, message.Channel, message.Attempt);
                else
                    logger.LeaseLost(message.Content.Model.Template, message.Id, message.Channel);
                metrics.MessageHandled(NameOf(message.Channel), "sent");
                break;
            case DeliveryResult.Pointless(var error):
                await queue.DropAsync(message, error, now, CancellationToken.None);
                metrics.MessageHandled(NameOf(message.Channel), "expired");
                break;
            case DeliveryResult.Refused(var error):
                await FailAsync(message, error, isFinal: true, now);
                break;
            case DeliveryResult.PutOff(var error):
                await FailAsync(message, error, isFinal: false, now);
                break;
            case DeliveryResult.GatewayDown(var error):
                await FailAsync(message, error, isFinal: false, now);
                break;
            default:
                throw new UnreachableException($"Delivery result {result}");
        }
    }

    private async Task FailAsync(LeasedMessage message, string error, bool isFinal, DateTimeOffset now)
    {
        var outcome = await queue.FailAsync(message, error, isFinal, now, CancellationToken.None);
        if (outcome == FailureOutcome.Dead) logger.MessageDead(message.Content.Model.Template, message.Id, message.Channel, message.Attempt, error);
        else logger.MessagePutOff(message.Content.Model.Template, message.Id, message.Channel, message.Attempt, error);
        metrics.MessageHandled(NameOf(message.Channel), outcome == FailureOutcome.Dead ? "dead" : "failed");
    }

    // Whatever fails, the next tick tries again.
    private async Task GuardAsync(Func<Task> work, CancellationToken stopping)
    {
        try
        {
            await work();
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The host stops.
        }
        catch (Exception exception)
        {
            if (DatabaseFailure.Find(exception) is { } failure) logger.OutboxPutOff(DatabaseFailure.Describe(failure));
            else logger.OutboxFailed(exception);
        }
    }

    private static string NameOf(Channel channel) => channel.ToString().ToLowerInvariant();
}
