using System.Diagnostics;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;
using ProSanteConnect.Core.Delivery;

namespace ProSanteConnect.Server.Delivery.Mail;

/// <summary>Sends mails to the configured server, over one connection for a batch.</summary>
internal sealed class SmtpMail(MailComposer composer, IOptions<SmtpOptions> options, TimeProvider clock) : IDelivery, IDisposable
{
    private readonly X509Certificate2Collection? _authorities = AuthoritiesOf(options.Value.TrustedAuthorities);
    private SmtpClient? _connection;

    public Channel Channel => Channel.Mail;

    public int Parallelism => 1;

    public async Task<DeliveryResult> SendAsync(LeasedMessage message, CancellationToken ct)
    {
        var mail = composer.Compose(message);
        try
        {
            var connection = await ConnectAsync(ct);
            await connection.SendAsync(mail, ct);
            return new DeliveryResult.Sent();
        }
        catch (SmtpCommandException refusal)
        {
            var result = ResultOf(refusal);
            // After a refused recipient the SMTP session continues; after any other error its state is unknown.
            if (result is DeliveryResult.GatewayDown) Drop();
            return result;
        }
        catch (Exception failure) when (ErrorOf(failure) is { } error)
        {
            Drop();
            return new DeliveryResult.GatewayDown(error);
        }
    }

    public async Task EndBatchAsync()
    {
        if (_connection is not { IsConnected: true } connection) return;

        try
        {
            using var limit = new CancellationTokenSource(options.Value.Timeout, clock);
            await connection.DisconnectAsync(quit: true, limit.Token);
        }
        catch (Exception failure) when (ErrorOf(failure) is not null)
        {
            // The server has accepted all mails; a failed QUIT changes nothing.
        }

        Drop();
    }

    public void Dispose() => Drop();

    private async Task<SmtpClient> ConnectAsync(CancellationToken ct)
    {
        if (_connection is { IsConnected: true } open) return open;

        Drop();
        var (smtp, connection) = (options.Value, new SmtpClient());
        _connection = connection;
        connection.Timeout = (int)smtp.Timeout.TotalMilliseconds;
        // Revocation services are rarely reachable from the network of the provider; dates, name and chain are checked.
        connection.CheckCertificateRevocation = false;
        if (_authorities is not null) connection.ServerCertificateValidationCallback = IsTrusted;
        await connection.ConnectAsync(smtp.Host!, smtp.Port, SocketOptionsOf(smtp.Tls), ct);
        if (smtp.UserName is not null) await connection.AuthenticateAsync(smtp.UserName, smtp.Password!, ct);
        return connection;
    }

    private void Drop()
    {
        _connection?.Dispose();
        _connection = null;
    }

    private bool IsTrusted(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is not X509Certificate2 server || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != 0) return false;

        using var ours = new X509Chain();
        ours.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        ours.ChainPolicy.CustomTrustStore.AddRange(_authorities!);
        ours.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        foreach (var element in chain?.ChainElements ?? Enumerable.Empty<X509ChainElement>()) ours.ChainPolicy.ExtraStore.Add(element.Certificate);
        return ours.Build(server);
    }

    private static SecureSocketOptions SocketOptionsOf(SmtpTls tls) => tls switch
    {
        SmtpTls.StartTls => SecureSocketOptions.StartTls,
        SmtpTls.Implicit => SecureSocketOptions.SslOnConnect,
        SmtpTls.None => SecureSocketOptions.None,
        var other => throw new UnreachableException($"TLS {other}"),
    };

    private static DeliveryResult ResultOf(SmtpCommandException refusal)
    {
        var error = $"smtp-{(int)refusal.StatusCode}";
        return (refusal.ErrorCode, (int)refusal.StatusCode) switch
        {
            (_, 421) => new DeliveryResult.GatewayDown(error),
            (SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted, >= 500) => new DeliveryResult.Refused(error),
            (SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted, _) => new DeliveryResult.PutOff(error),
            // A refused sender or command would be refused for the next mail too.
            _ => new DeliveryResult.GatewayDown(error),
        };
    }

    private static string? ErrorOf(Exception failure) => failure switch
    {
        AuthenticationException => "smtp-authentication",
        SslHandshakeException => "smtp-tls",
        // The server offers no STARTTLS, or no known authentication mechanism.
        NotSupportedException => "smtp-not-supported",
        SmtpProtocolException => "smtp-protocol",
        SocketException or IOException => "smtp-unreachable",
        OperationCanceledException or TimeoutException => "smtp-timeout",
        _ => null,
    };

    private static X509Certificate2Collection? AuthoritiesOf(string? file)
    {
        if (file is null) return null;

        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(file);
        return authorities;
    }
}

/// <summary>Composes the mail of a message: text, HTML and the inline QR code. The same message always gives the same mail.</summary>
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
        // RFC 3834: suppresses automatic replies, which nobody would read.
        mail.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        return mail;
    }

    /// <summary>A Message-ID (RFC 5322) derived from the idempotency key: mail systems drop the second of two mails with the same one.</summary>
    internal static string MessageId(string idempotencyKey, string from) =>
        $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(idempotencyKey)))[..40]}@{from[(from.IndexOf('@') + 1)..]}";
}
