using System.Globalization;
using ProSanteConnect.Core.Cards;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Devices;
using ProSanteConnect.Core.Enrolment;
using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Core.Security;
using ProSanteConnect.Core.SingleSignOn;

namespace ProSanteConnect.Core.Delivery;

/// <summary>
/// Tells holders what happens to their e-CPS. Each method adds to what the next SaveChanges of the context writes, in the
/// transaction of the change it tells of: neither is there without the other.
/// </summary>
public interface IHolderNotifier
{
    /// <summary>The activation is complete; <paramref name="replaced"/> is the e-CPS that it ended, if there was one, of which nothing else is told.</summary>
    void Activated(PscDb db, ECps eCps, ECps? replaced, Practitioner practitioner);

    void Deactivated(PscDb db, ECps eCps, DeactivationReason reason, DateTimeOffset since, Practitioner practitioner);

    /// <summary>The QR code and the link of an activation by contact details; worth nothing after the activation's end.</summary>
    void QrCodeByMail(PscDb db, Activation activation, SecretToken secret, Practitioner practitioner);

    /// <summary>The code that confirms an activation; worth nothing after <paramref name="expiresAt"/>.</summary>
    void CodeBySms(PscDb db, Activation activation, ActivationCode code, DateTimeOffset expiresAt, Practitioner practitioner);

    void SignedInFromNewBrowser(PscDb db, Session session, string? clientId, Practitioner practitioner);

    void ExpiresSoon(PscDb db, ECps eCps, int days, DateTimeOffset now, Practitioner practitioner);

    void Renewed(PscDb db, ECps eCps, DateTimeOffset now, Practitioner practitioner);

    void RequestArrived(PscDb db, ApprovalRequest approval, ECps eCps);
}

/// <summary>
/// Writes to holders by the outbox, at the addresses that the directory holds and no other. What answers a request of theirs is
/// in the language of that request; notices are in French.
/// </summary>
/// <param name="outbox">Where messages wait.</param>
/// <param name="masterKey">Opens the phones' push subscriptions.</param>
/// <param name="nameOf">The name of a relying party, or null for one that is not known.</param>
public sealed class HolderNotifier(Outbox outbox, MasterKey masterKey, Func<string, string?> nameOf) : IHolderNotifier
{
    /// <summary>After this a notice is no news any more.</summary>
    private static readonly TimeSpan NoticeLifetime = TimeSpan.FromDays(3);

    public void Activated(PscDb db, ECps eCps, ECps? replaced, Practitioner practitioner)
    {
        var (holder, at) = (practitioner.FullName, eCps.ActivatedAt);
        MailModel model = replaced is null
            ? new ECpsActivated(holder, eCps.DeviceName, eCps.Mode == ActivationMode.Card ? "card" : "contact-details", at, eCps.ExpiresAt)
            : new ECpsReplaced(holder, replaced.DeviceName, eCps.DeviceName, at);
        Mail(db, practitioner, model, Notice($"activated:{eCps.Id}", at));

        // Whoever reads the holder's mail sees the first notice and may delete it: the other channel tells of it too (T5).
        if (eCps.Mode == ActivationMode.ContactDetails)
            Sms(db, practitioner, new ActivationNoticeSms(at), Notice($"activated-sms:{eCps.Id}", at));
    }

    public void Deactivated(PscDb db, ECps eCps, DeactivationReason reason, DateTimeOffset since, Practitioner practitioner)
    {
        var holder = practitioner.FullName;
        MailModel model = reason == DeactivationReason.Blocked
            ? new ECpsBlocked(holder, eCps.DeviceName, since)
            : new ECpsDeactivated(holder, eCps.DeviceName, reason.Code(), since);
        Mail(db, practitioner, model, Notice($"deactivated:{eCps.Id}", since));
    }

    public void QrCodeByMail(PscDb db, Activation activation, SecretToken secret, Practitioner practitioner) => Mail(
        db,
        practitioner,
        new ActivationQr(practitioner.FullName, secret.Value, activation.ExpiresAt),
        Answer($"activation-qr:{activation.Id}", activation.CreatedAt, activation.ExpiresAt));

    public void CodeBySms(PscDb db, Activation activation, ActivationCode code, DateTimeOffset expiresAt, Practitioner practitioner)
    {
        var sentAt = activation.CodeSentAt!.Value;
        var minutes = (int)(expiresAt - sentAt).TotalMinutes;
        Sms(
            db,
            practitioner,
            new ActivationCodeSms(code.Value, Math.Max(minutes, 1)),
            Answer($"activation-code:{activation.Id}:{activation.CodeSends}", sentAt, expiresAt));
    }

    public void SignedInFromNewBrowser(PscDb db, Session session, string? clientId, Practitioner practitioner) => Mail(
        db,
        practitioner,
        new SignedInFromNewBrowser(
            practitioner.FullName,
            clientId is null ? "Portail e-CPS" : nameOf(clientId) ?? clientId,
            session.Browser,
            session.IpAddress,
            session.AuthenticatedAt),
        Notice($"new-browser:{session.Id}", session.AuthenticatedAt));

    public void ExpiresSoon(PscDb db, ECps eCps, int days, DateTimeOffset now, Practitioner practitioner) => Mail(
        db,
        practitioner,
        new ECpsExpiresSoon(practitioner.FullName, eCps.DeviceName, days, eCps.ExpiresAt),
        Notice($"expires-soon:{eCps.Id}:{eCps.ExpiresAt.UtcTicks}:{days}", now));

    public void Renewed(PscDb db, ECps eCps, DateTimeOffset now, Practitioner practitioner) => Mail(
        db,
        practitioner,
        new ECpsRenewed(practitioner.FullName, eCps.DeviceName, eCps.ExpiresAt),
        Notice($"renewed:{eCps.Id}:{eCps.ExpiresAt.UtcTicks}", now));

    public void RequestArrived(PscDb db, ApprovalRequest approval, ECps eCps)
    {
        if (PushSubscription.Of(eCps, masterKey) is not { } phone) return;

        outbox.AddPush(
            db,
            new PushAddress(eCps.Id, phone.Endpoint, phone.P256dh, phone.Auth),
            new SignInRequestWaits(approval.Id),
            Notice($"approval:{approval.Id}", approval.CreatedAt) with { ExpiresAt = approval.ExpiresAt, PractitionerId = eCps.PractitionerId });
    }

    private void Mail(PscDb db, Practitioner practitioner, MailModel model, DeliveryTerms terms)
    {
        if (EmailAddress.TryParse(practitioner.ContactEmail, out var address))
            outbox.AddMail(db, address, model, terms with { PractitionerId = practitioner.Id });
    }

    private void Sms(PscDb db, Practitioner practitioner, SmsModel model, DeliveryTerms terms)
    {
        if (PhoneNumber.TryParse(practitioner.ContactPhone, out var number))
            outbox.AddSms(db, number, model, terms with { PractitionerId = practitioner.Id });
    }

    private static DeliveryTerms Notice(string key, DateTimeOffset now) =>
        new() { IdempotencyKey = key, Now = now, ExpiresAt = now + NoticeLifetime };

    private static DeliveryTerms Answer(string key, DateTimeOffset now, DateTimeOffset expiresAt) =>
        new() { IdempotencyKey = key, Now = now, ExpiresAt = expiresAt, Language = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en" ? "en" : "fr" };
}
