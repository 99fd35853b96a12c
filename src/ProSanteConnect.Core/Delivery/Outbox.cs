using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Delivery.Messages;
using ProSanteConnect.Core.Keys;
using ProSanteConnect.Core.Practitioners;

namespace ProSanteConnect.Core.Delivery;

/// <summary>
/// Adds messages to what the caller's next SaveChanges writes: in the same transaction as the change they tell of. Nobody
/// waits for a gateway here.
/// </summary>
public sealed class Outbox(MasterKey masterKey, OutboxSignal signal)
{
    public OutboxMessage AddMail(PscDb db, EmailAddress recipient, MailModel model, DeliveryTerms terms) =>
        Add(db, Channel.Mail, new OutboxContent(recipient.Value, null, terms.Language, model), terms);

    public OutboxMessage AddSms(PscDb db, PhoneNumber recipient, SmsModel model, DeliveryTerms terms) =>
        Add(db, Channel.Sms, new OutboxContent(recipient.Value, null, terms.Language, model), terms);

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
