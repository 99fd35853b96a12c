using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Practitioners;

namespace ProSanteConnect.Core.Delivery;

/// <summary>
/// Sends messages to a holder. Each method adds to the next SaveChanges of the context, so that the message and the change it
/// reports are committed in one transaction.
/// </summary>
public interface IHolderNotifier
{
    /// <summary>Sends a mail to the address that the directory holds; nothing when it holds none that can be used.</summary>
    void Mail(PscDb db, Practitioner holder, MailModel model, DeliveryTerms terms);

    /// <summary>Sends an SMS to the telephone number that the directory holds; nothing when it holds none that can be used.</summary>
    void Sms(PscDb db, Practitioner holder, SmsModel model, DeliveryTerms terms);

    /// <summary>Sends a push message to one phone.</summary>
    void Push(PscDb db, PushAddress phone, PushModel model, DeliveryTerms terms);
}

/// <summary>Writes messages to the outbox. Mail addresses and telephone numbers come from the directory only.</summary>
public sealed class HolderNotifier(Outbox outbox) : IHolderNotifier
{
    public void Mail(PscDb db, Practitioner holder, MailModel model, DeliveryTerms terms)
    {
        if (EmailAddress.TryParse(holder.ContactEmail, out var address))
            outbox.AddMail(db, address, model, terms with { PractitionerId = holder.Id });
    }

    public void Sms(PscDb db, Practitioner holder, SmsModel model, DeliveryTerms terms)
    {
        if (PhoneNumber.TryParse(holder.ContactPhone, out var number))
            outbox.AddSms(db, number, model, terms with { PractitionerId = holder.Id });
    }

    public void Push(PscDb db, PushAddress phone, PushModel model, DeliveryTerms terms) => outbox.AddPush(db, phone, model, terms);
}
