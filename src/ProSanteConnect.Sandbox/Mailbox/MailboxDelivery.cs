using System.Security.Cryptography;
using System.Text;
using ProSanteConnect.Core.Delivery;
using ProSanteConnect.Server.Delivery;

namespace ProSanteConnect.Sandbox.Mailbox;

/// <summary>Stands in for a gateway: what would have left is kept to be looked at.</summary>
internal sealed class MailboxDelivery(Channel channel, MessageRenderer renderer, KeptMessages kept, TimeProvider clock) : IDelivery
{
    public Channel Channel => channel;

    public int Parallelism => 1;

    public Task<DeliveryResult> SendAsync(LeasedMessage message, CancellationToken ct)
    {
        var rendered = renderer.Render(message.Content);
        kept.Keep(new KeptMessage(
            IdOf(message.IdempotencyKey), channel, message.Content.Recipient, clock.GetUtcNow(), rendered.Subject, rendered.Text, rendered.Html, rendered.QrCode));
        return Task.FromResult<DeliveryResult>(new DeliveryResult.Sent());
    }

    private static Guid IdOf(string idempotencyKey) => new(SHA256.HashData(Encoding.UTF8.GetBytes(idempotencyKey)).AsSpan(0, 16));
}
