using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Delivery;
using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Core.Security;

namespace ProSanteConnect.Core.Enrolment;

/// <summary>The messages of an activation by contact details.</summary>
internal static class ActivationMessages
{
    extension(IHolderNotifier notifier)
    {
        /// <summary>Sends the QR code and its link (B4); they are of no use after the end of the activation.</summary>
        public void QrCodeByMail(PscDb db, Activation activation, SecretToken secret, Practitioner holder) => notifier.Mail(
            db,
            holder,
            new ActivationQr(holder.FullName, secret.Value, activation.ExpiresAt),
            DeliveryTerms.Answer($"activation-qr:{activation.Id}", activation.CreatedAt, activation.ExpiresAt));

        /// <summary>Sends the code that confirms the activation (B6); it is of no use after <paramref name="expiresAt"/>.</summary>
        public void CodeBySms(PscDb db, Activation activation, ActivationCode code, DateTimeOffset expiresAt, Practitioner holder)
        {
            var sentAt = activation.CodeSentAt!.Value;
            var minutes = (int)(expiresAt - sentAt).TotalMinutes;
            notifier.Sms(
                db,
                holder,
                new ActivationCodeSms(code.Value, Math.Max(minutes, 1)),
                DeliveryTerms.Answer($"activation-code:{activation.Id}:{activation.CodeSends}", sentAt, expiresAt));
        }
    }
}
