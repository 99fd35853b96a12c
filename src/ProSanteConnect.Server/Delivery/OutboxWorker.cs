using System.Diagnostics;
using Microsoft.Extensions.Options;
using ProSanteConnect.Core.Delivery;
using ProSanteConnect.Server.Shared.Errors;
using ProSanteConnect.Server.Shared.Telemetry;

namespace ProSanteConnect.Server.Delivery;

/// <summary>
/// Sends the due messages of the outbox: at once when this node wrote them, after the next poll when another node did. One query for
/// each poll. Channels send independently, so that a hanging mail server delays no SMS; a channel that is still sending is skipped.
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
    private static readonly TimeSpan MaintenanceInterval = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan[] SettleRetries = [TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(2)];

    private readonly Dictionary<Channel, Task> _batches = [];
    private DateTimeOffset _nextMaintenance;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var closed in channels.Closed) logger.ChannelOff(closed);

        while (!stoppingToken.IsCancellationRequested)
        {
            await GuardAsync(() => PollAsync(stoppingToken), stoppingToken);
            try
            {
                await signal.WaitAsync(options.Value.PollInterval, clock, stoppingToken);
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }

        // Messages in flight are completed: an interrupted one would be sent again.
        await Task.WhenAll(_batches.Values);
    }

    private async Task PollAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (now >= _nextMaintenance)
        {
            await MaintainAsync(now, ct);
            _nextMaintenance = now + MaintenanceInterval;
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

    // Poll again when the batch ends, because messages that came meanwhile were skipped; not when the gateway is down.
    private void Begin(IDelivery delivery, List<DueMessage> batch, CancellationToken ct)
    {
        var gatewayWorks = false;
        var sending = Task.Run(
            () => GuardAsync(async () => gatewayWorks = await SendAsync(delivery, batch, ct), ct), CancellationToken.None);
        _batches[delivery.Channel] = sending;
        _ = sending.ContinueWith(
            _ =>
            {
                if (gatewayWorks) signal.Ring();
            },
            TaskScheduler.Default);
    }

    private async Task MaintainAsync(DateTimeOffset now, CancellationToken ct)
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

    /// <summary>Sends a batch. False when the gateway is down; the rest of the batch then stays due.</summary>
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

    /// <summary>Leases a message, tries to send it and records the result. False when the gateway is down.</summary>
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
        // The attempt ends before the lease does, so that no other node sends the message meanwhile, and before its code expires.
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
                await RecordAsync(message, result, clock.GetUtcNow());
                return;
            }
            // Retry the write: a sent message whose row stays unsettled is sent again.
            catch (Exception exception) when (attempt < SettleRetries.Length && DatabaseFailure.Find(exception) is not null)
            {
                await Task.Delay(SettleRetries[attempt], clock, CancellationToken.None);
            }
        }
    }

    private async Task RecordAsync(LeasedMessage message, DeliveryResult result, DateTimeOffset now)
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

    // Logs every failure; the next poll tries again.
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
