using System.Text.Json;
using ProSanteConnect.Core.Delivery.Messages;
using ProSanteConnect.Core.Keys;

namespace ProSanteConnect.Core.Delivery;

/// <summary>What is sealed in a row of the outbox: to whom, in which language, and what the template is filled with.</summary>
/// <param name="Recipient">A mail address or a telephone number; empty for a push message.</param>
/// <param name="Push">The subscription of a push message.</param>
/// <param name="Language"><c>fr</c> or <c>en</c>.</param>
/// <param name="Model">What is said.</param>
public sealed record OutboxContent(string Recipient, PushAddress? Push, string Language, MessageModel Model)
{
    private const string Purpose = "outbox";

    internal byte[] Seal(MasterKey masterKey) => masterKey.Seal(Purpose, JsonSerializer.SerializeToUtf8Bytes(this));

    internal static OutboxContent Open(MasterKey masterKey, byte[] payload) =>
        JsonSerializer.Deserialize<OutboxContent>(masterKey.Open(Purpose, payload))!;

    public override string ToString() => $"OutboxContent({Model.Template})";
}
