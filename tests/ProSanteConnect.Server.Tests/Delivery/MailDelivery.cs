using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using MimeKit;
using ProSanteConnect.Core.Delivery;
using ProSanteConnect.Server.Delivery;
using ProSanteConnect.Server.Delivery.Mail;
using SmtpServer.Protocol;
using static ProSanteConnect.Server.Tests.Delivery.DeliveryFixture;

namespace ProSanteConnect.Server.Tests.Delivery;

public sealed class MailDelivery
{
    private static readonly ECpsBlocked Notice = new("Camille FICTIF", "Pixel 9", Now);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Requirement", "B4")]
    public async Task A_mail_arrives_over_TLS_with_text_HTML_and_the_QR_code()
    {
        await using var server = MailServer.Start();
        using var smtp = Smtp(server);

        Assert.IsType<DeliveryResult.Sent>(await smtp.SendAsync(Leased(Qr, "activation-qr:1"), Ct));

        var mail = Assert.Single(server.Mails);
        Assert.True(server.AllProtected);
        Assert.Equal("Activez votre e-CPS", mail.Subject);
        Assert.Equal(MailAddress, Assert.IsType<MailboxAddress>(Assert.Single(mail.To)).Address);
        Assert.Equal(("e-CPS du CHU", "e-cps@sante.example"), (mail.From.Mailboxes.Single().Name, mail.From.Mailboxes.Single().Address));
        Assert.Equal("aide@sante.example", mail.ReplyTo.Mailboxes.Single().Address);
        Assert.Equal(MailComposer.MessageId("activation-qr:1", "e-cps@sante.example"), mail.MessageId);
        Assert.Equal("auto-generated", mail.Headers[HeaderId.AutoSubmitted]);
        Assert.Equal(Now, mail.Date);
        Assert.Contains("#qr=AbC-123_secret", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("cid:qr-code", mail.HtmlBody, StringComparison.Ordinal);
        var picture = mail.BodyParts.OfType<MimePart>().Single(part => part.ContentId == "qr-code");
        Assert.Equal(("image/png", false), (picture.ContentType.MimeType, picture.IsAttachment));
    }

    [Fact]
    public async Task A_batch_shares_one_connection_and_the_next_one_opens_its_own()
    {
        await using var server = MailServer.Start();
        using var smtp = Smtp(server);

        for (var i = 0; i < 5; i++) Assert.IsType<DeliveryResult.Sent>(await smtp.SendAsync(Leased(Notice, $"batch:{i}"), Ct));
        await smtp.EndBatchAsync();
        Assert.Equal(1, server.Sessions);
        Assert.IsType<DeliveryResult.Sent>(await smtp.SendAsync(Leased(Notice, "next"), Ct));
        await smtp.EndBatchAsync();

        Assert.Equal(2, server.Sessions);
        Assert.Equal(6, server.Mails.Count);
    }

    [Fact]
    public async Task A_refused_recipient_is_final_and_the_next_mail_goes_on_the_same_connection()
    {
        await using var server = MailServer.Start();
        server.OnRecipient = _ => new SmtpResponse((SmtpReplyCode)550, "unknown");
        using var smtp = Smtp(server);

        Assert.Equal(new DeliveryResult.Refused("smtp-550"), await smtp.SendAsync(Leased(Notice), Ct));
        server.OnRecipient = _ => null;

        Assert.IsType<DeliveryResult.Sent>(await smtp.SendAsync(Leased(Notice), Ct));
        Assert.Equal(1, server.Sessions);
    }

    [Fact]
    [Trait("Requirement", "R11")]
    public async Task A_mail_that_is_put_off_is_taken_the_next_time()
    {
        await using var server = MailServer.Start();
        server.OnMail = _ => new SmtpResponse((SmtpReplyCode)451, "greylisted");
        using var smtp = Smtp(server);

        Assert.Equal(new DeliveryResult.PutOff("smtp-451"), await smtp.SendAsync(Leased(Notice), Ct));
        server.OnMail = _ => null;

        Assert.IsType<DeliveryResult.Sent>(await smtp.SendAsync(Leased(Notice), Ct));
        Assert.Single(server.Mails);
    }

    [Fact]
    public async Task A_refused_mail_is_final()
    {
        await using var server = MailServer.Start();
        server.OnMail = _ => new SmtpResponse((SmtpReplyCode)554, "policy");
        using var smtp = Smtp(server);

        Assert.Equal(new DeliveryResult.Refused("smtp-554"), await smtp.SendAsync(Leased(Notice), Ct));
    }

    [Fact]
    [Trait("Requirement", "R11")]
    public async Task A_server_that_took_the_mail_and_died_gets_the_same_mail_again()
    {
        await using var server = MailServer.Start();
        server.AfterMail = ct => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct);
        using var smtp = Smtp(server);

        Assert.IsType<DeliveryResult.GatewayDown>(await smtp.SendAsync(Leased(Notice, "notice:1"), Ct));
        server.AfterMail = _ => Task.CompletedTask;
        Assert.IsType<DeliveryResult.Sent>(await smtp.SendAsync(Leased(Notice, "notice:1"), Ct));

        Assert.Equal(2, server.Mails.Count);
        Assert.Single(server.Mails.Select(mail => mail.MessageId).Distinct());
        Assert.Single(server.Mails.Select(mail => mail.TextBody).Distinct());
    }

    [Fact]
    [Trait("Requirement", "R11")]
    public async Task A_server_that_is_gone_or_says_nothing_is_down()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var hung = Smtp(options => options.Port = ((IPEndPoint)silent.LocalEndpoint).Port);
        using var gone = Smtp(options => options.Port = MailServer.FreePort());

        Assert.Equal(new DeliveryResult.GatewayDown("smtp-timeout"), await hung.SendAsync(Leased(Notice), Ct));
        Assert.Equal(new DeliveryResult.GatewayDown("smtp-unreachable"), await gone.SendAsync(Leased(Notice), Ct));
    }

    [Fact]
    public async Task A_wrong_password_is_the_servers_trouble_and_no_mails()
    {
        await using var server = MailServer.Start();
        using var smtp = Smtp(server, options => options.Password = "wrong");

        Assert.Equal(new DeliveryResult.GatewayDown("smtp-authentication"), await smtp.SendAsync(Leased(Notice), Ct));
        Assert.Empty(server.Mails);
    }

    [Fact]
    public async Task A_server_whose_certificate_nobody_vouches_for_gets_neither_password_nor_mail()
    {
        await using var server = MailServer.Start();
        using var smtp = Smtp(server, options => options.TrustedAuthorities = null);

        Assert.Equal(new DeliveryResult.GatewayDown("smtp-tls"), await smtp.SendAsync(Leased(Notice), Ct));
        Assert.Empty(server.Mails);
    }

    [Fact]
    public async Task A_certificate_of_another_name_is_refused_even_from_a_trusted_authority()
    {
        await using var server = MailServer.Start();
        using var smtp = Smtp(server, options => options.Host = "127.0.0.1");

        Assert.Equal(new DeliveryResult.GatewayDown("smtp-tls"), await smtp.SendAsync(Leased(Notice), Ct));
    }

    [Theory]
    [InlineData("smtp.example", "StartTls", "e-cps@sante.example", 0)]
    [InlineData("smtp.example", "None", "e-cps@sante.example", 1)]
    [InlineData("localhost", "None", "e-cps@sante.example", 0)]
    [InlineData("smtp.example", "Implicit", "e-cps", 1)]
    [InlineData(null, "None", "", 0)]
    public void A_server_in_clear_or_a_wrong_sender_stops_the_start(string? host, string tls, string from, int failures) =>
        Assert.Equal(failures, new SmtpOptions { Host = host, Tls = Enum.Parse<SmtpTls>(tls), From = from }.Validate(new(new object())).Count());

    private static SmtpMail Smtp(MailServer server, Action<SmtpOptions>? change = null) => Smtp(options =>
    {
        options.Port = server.Port;
        options.TrustedAuthorities = server.AuthorityFile;
        change?.Invoke(options);
    });

    private static SmtpMail Smtp(Action<SmtpOptions> change)
    {
        var options = new SmtpOptions
        {
            Host = "localhost",
            UserName = MailServer.UserName,
            Password = MailServer.Password,
            From = "e-cps@sante.example",
            FromName = "e-CPS du CHU",
            ReplyTo = "aide@sante.example",
            Timeout = TimeSpan.FromSeconds(1),
        };
        change(options);
        return new SmtpMail(new MailComposer(Renderer, Options.Create(options)), Options.Create(options), TimeProvider.System);
    }
}
