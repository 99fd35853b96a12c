using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using ProSanteConnect.Core.Delivery;
using ProSanteConnect.Server.Delivery;

namespace ProSanteConnect.Testing;

/// <summary>Stands in for every gateway and keeps what it was given: <c>PscApp.StartAsync(configure: b => messages.AddTo(b.Services))</c>.</summary>
public sealed class RecordingDelivery
{
    private readonly ConcurrentQueue<LeasedMessage> _messages = new();
    private readonly ConcurrentDictionary<Guid, byte> _seen = new();

    public IReadOnlyCollection<LeasedMessage> Messages => _messages;

    public void AddTo(IServiceCollection services)
    {
        foreach (var channel in Enum.GetValues<Channel>()) services.AddSingleton<IDelivery>(new Recorder(channel, _messages));
    }

    /// <summary>Waits for the next message of a kind.</summary>
    public async Task<TModel> NextAsync<TModel>(CancellationToken ct) where TModel : MessageModel
    {
        for (var attempt = 0; attempt < 500; attempt++)
        {
            if (_messages.FirstOrDefault(message => message.Content.Model is TModel && _seen.TryAdd(message.Id, 0)) is { } next)
                return (TModel)next.Content.Model;

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, ct);
        }

        throw new InvalidOperationException($"No {typeof(TModel).Name} was sent within ten seconds.");
    }

    private sealed class Recorder(Channel channel, ConcurrentQueue<LeasedMessage> messages) : IDelivery
    {
        public Channel Channel => channel;

        public int Parallelism => 1;

        public Task<DeliveryResult> SendAsync(LeasedMessage message, CancellationToken ct)
        {
            messages.Enqueue(message);
            return Task.FromResult<DeliveryResult>(new DeliveryResult.Sent());
        }
    }
}
