using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Delivery;
using ProSanteConnect.Core.Practitioners;

namespace ProSanteConnect.Core.Devices;

/// <summary>The messages that tell a holder what happened to their e-CPS.</summary>
internal static class ECpsNotices
{
    extension(IHolderNotifier notifier)
    {
        /// <summary>An e-CPS is active. When it replaced a former one, this message reports that end too.</summary>
        public void Activated(PscDb db, ECps eCps, ECps? replaced, Practitioner holder)
        {
            var at = eCps.ActivatedAt;
            MailModel model = replaced is null
                ? new ECpsActivated(
                    holder.FullName, eCps.DeviceName, eCps.Mode == ActivationMode.Card ? "card" : "contact-details", at, eCps.ExpiresAt)
                : new ECpsReplaced(holder.FullName, replaced.DeviceName, eCps.DeviceName, at);
            notifier.Mail(db, holder, model, DeliveryTerms.Notice($"activated:{eCps.Id}", at));

            // Somebody who reads the holder's mail could delete the mail: the SMS reports the activation on the other channel (T5).
            if (eCps.Mode == ActivationMode.ContactDetails)
                notifier.Sms(db, holder, new ActivationNoticeSms(at), DeliveryTerms.Notice($"activated-sms:{eCps.Id}", at));
        }

        public void Deactivated(PscDb db, ECps eCps, DeactivationReason reason, DateTimeOffset since, Practitioner holder)
        {
            MailModel model = reason == DeactivationReason.Blocked
                ? new ECpsBlocked(holder.FullName, eCps.DeviceName, since)
                : new ECpsDeactivated(holder.FullName, eCps.DeviceName, reason.Code(), since);
            notifier.Mail(db, holder, model, DeliveryTerms.Notice($"deactivated:{eCps.Id}", since));
        }

        public void ExpiresSoon(PscDb db, ECps eCps, int days, DateTimeOffset now, Practitioner holder) => notifier.Mail(
            db,
            holder,
            new ECpsExpiresSoon(holder.FullName, eCps.DeviceName, days, eCps.ExpiresAt),
            DeliveryTerms.Notice($"expires-soon:{eCps.Id}:{eCps.ExpiresAt.UtcTicks}:{days}", now));

        public void Renewed(PscDb db, ECps eCps, DateTimeOffset now, Practitioner holder) => notifier.Mail(
            db,
            holder,
            new ECpsRenewed(holder.FullName, eCps.DeviceName, eCps.ExpiresAt),
            DeliveryTerms.Notice($"renewed:{eCps.Id}:{eCps.ExpiresAt.UtcTicks}", now));
    }
}
