using System.Globalization;
using System.Text.Json;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Core.Security;

namespace ProSanteConnect.Core.Delivery;

/// <summary>
/// Adds messages to the caller's next SaveChanges, in the transaction of the change that they report. The worker sends them
/// later: no caller waits for a gateway.
/// </summary>
public sealed class Outbox(MasterKey masterKey, OutboxSignal signal, IAskedOrigin? asked = null)
{
    public OutboxMessage AddMail(PscDb db, EmailAddress recipient, MailModel model, DeliveryTerms terms) =>
        Add(db, Channel.Mail, new OutboxContent(recipient.Value, null, terms.Language, model, asked?.Current), terms);

    public OutboxMessage AddSms(PscDb db, PhoneNumber recipient, SmsModel model, DeliveryTerms terms) =>
        Add(db, Channel.Sms, new OutboxContent(recipient.Value, null, terms.Language, model, asked?.Current), terms);

    public OutboxMessage AddPush(PscDb db, PushAddress recipient, PushModel model, DeliveryTerms terms) =>
        Add(db, Channel.Push, new OutboxContent("", recipient, terms.Language, model), terms);

    private OutboxMessage Add(PscDb db, Channel channel, OutboxContent content, DeliveryTerms terms)
    {
        var message = new OutboxMessage
        {
            Id = Guid.CreateVersion7(terms.Now),
            IdempotencyKey = terms.IdempotencyKey,
            Channel = channel,
            Template = content.Model.Template,
            Payload = content.Seal(masterKey),
            PractitionerId = terms.PractitionerId,
            CreatedAt = terms.Now,
            NotBefore = terms.NotBefore ?? terms.Now,
            ExpiresAt = terms.ExpiresAt,
        };
        db.Add(message);
        signal.ExpectFrom(db);
        return message;
    }
}

/// <summary>
/// The origin by which somebody reaches this service, for the links of the messages that they cause. Only the sandbox has one, because its
/// origins are those of each request; in production a Host header never decides where a mail leads (security-checklist T22).
/// </summary>
public interface IAskedOrigin
{
    /// <summary>Null outside a request, or when its host is none of ours.</summary>
    string? Current { get; }
}

/// <summary>The sealed content of a row of the outbox: recipient, language and values of the template.</summary>
/// <param name="Recipient">A mail address or a telephone number; empty for a push message.</param>
/// <param name="Push">The subscription of a push message.</param>
/// <param name="Language"><c>fr</c> or <c>en</c>.</param>
/// <param name="Model">The values of the template.</param>
/// <param name="Origin">Where its links lead, in the sandbox; null for the configured origin.</param>
public sealed record OutboxContent(string Recipient, PushAddress? Push, string Language, MessageModel Model, string? Origin = null)
{
    private const string Purpose = "outbox";

    internal byte[] Seal(MasterKey masterKey) => masterKey.Seal(Purpose, JsonSerializer.SerializeToUtf8Bytes(this));

    internal static OutboxContent Open(MasterKey masterKey, byte[] payload) =>
        JsonSerializer.Deserialize<OutboxContent>(masterKey.Open(Purpose, payload))!;

    public override string ToString() => $"OutboxContent({Model.Template})";
}

/// <summary>When a message may be sent, and the key that identifies it.</summary>
public sealed record DeliveryTerms
{
    private static readonly TimeSpan NoticeLifetime = TimeSpan.FromDays(3);

    /// <summary>Unique among all messages, for example <c>activation-qr:{activation}</c>; SaveChanges fails for a key that exists.</summary>
    public required string IdempotencyKey { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>The time after which it is not sent: the end of the code in it, or some days for a notice.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The earliest time of sending; at once by default.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    public long? PractitionerId { get; init; }

    /// <summary><c>fr</c> (default) or <c>en</c>.</summary>
    public string Language { get; init; } = "fr";

    /// <summary>The terms of a notice, which the holder did not ask for: in French, and sent within three days or not at all.</summary>
    public static DeliveryTerms Notice(string key, DateTimeOffset now) =>
        new() { IdempotencyKey = key, Now = now, ExpiresAt = now + NoticeLifetime };

    /// <summary>The terms of a message that answers a request of the holder: in the language of that request.</summary>
    public static DeliveryTerms Answer(string key, DateTimeOffset now, DateTimeOffset expiresAt) => new()
    {
        IdempotencyKey = key,
        Now = now,
        ExpiresAt = expiresAt,
        Language = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en" ? "en" : "fr",
    };
}

/// <summary>A phone's push subscription (RFC 8030, RFC 8291): the address at its push service, and the phone's keys.</summary>
/// <param name="ECpsId">The e-CPS that the subscription belongs to.</param>
/// <param name="Endpoint">The address that the browser gave; it is secret.</param>
/// <param name="P256dh">The phone's public key, base64url.</param>
/// <param name="Auth">The phone's authentication secret, base64url.</param>
public sealed record PushAddress(Guid ECpsId, string Endpoint, string P256dh, string Auth)
{
    public override string ToString() => $"PushAddress({ECpsId})";
}

/// <summary>Called when a push service reports that a subscription is gone (RFC 8030, section 7.3).</summary>
public delegate Task ForgetPushSubscription(PushAddress gone, CancellationToken ct);
