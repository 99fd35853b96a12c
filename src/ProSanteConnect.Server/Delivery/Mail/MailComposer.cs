using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using MimeKit;
using ProSanteConnect.Core.Delivery;

namespace ProSanteConnect.Server.Delivery.Mail;

/// <summary>Makes a mail of a message: text and HTML, with the QR code inside. The same message always makes the same mail.</summary>
internal sealed class MailComposer(MessageRenderer renderer, IOptions<SmtpOptions> options)
{
    public MimeMessage Compose(LeasedMessage message)
    {
        var rendered = renderer.Render(message.Content);
        var body = new BodyBuilder { TextBody = rendered.Text, HtmlBody = rendered.Html };
        if (rendered.QrCode is { } png)
            body.LinkedResources.Add("qr-code.png", png, new ContentType("image", "png")).ContentId = RenderedMessage.QrCodeId;

        var mail = new MimeMessage { Subject = rendered.Subject, Date = message.CreatedAt, Body = body.ToMessageBody() };
        mail.From.Add(new MailboxAddress(options.Value.FromName, options.Value.From));
        mail.To.Add(new MailboxAddress(null, message.Content.Recipient));
        if (options.Value.ReplyTo is { } replyTo) mail.ReplyTo.Add(new MailboxAddress(null, replyTo));
        mail.MessageId = MessageId(message.IdempotencyKey, options.Value.From);
        // RFC 3834: an out-of-office answer to us would reach nobody.
        mail.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        return mail;
    }

    /// <summary>The idempotency key as RFC 5322 lets it stand: mail systems drop the second of two with one Message-ID.</summary>
    internal static string MessageId(string idempotencyKey, string from) =>
        $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(idempotencyKey)))[..40]}@{from[(from.IndexOf('@') + 1)..]}";
}
