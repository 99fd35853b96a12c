using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MimeKit;
using SmtpServer;
using SmtpServer.Authentication;
using SmtpServer.Mail;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace ProSanteConnect.Server.Tests.Delivery;

/// <summary>A mail server on this machine with STARTTLS and AUTH that fails when a test says so.</summary>
internal sealed class MailServer : IAsyncDisposable
{
    public const string UserName = "e-cps";
    public const string Password = "correct horse";

    private readonly CancellationTokenSource _stop = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("psc-test-").FullName;
    private readonly ConcurrentDictionary<Guid, byte> _sessions = new();
    private Task _running = Task.CompletedTask;

    private MailServer() { }

    public int Port { get; } = FreePort();

    public ConcurrentQueue<MimeMessage> Mails { get; } = new();

    /// <summary>The reply to the next mail; null accepts it.</summary>
    public Func<MimeMessage, SmtpResponse?> OnMail { get; set; } = _ => null;

    /// <summary>The reply to a recipient; null accepts it.</summary>
    public Func<string, SmtpResponse?> OnRecipient { get; set; } = _ => null;

    /// <summary>Runs after a mail is accepted and before the reply.</summary>
    public Func<CancellationToken, Task> AfterMail { get; set; } = _ => Task.CompletedTask;

    public int Sessions => _sessions.Count;

    /// <summary>Whether every mail came over TLS and from an authenticated client.</summary>
    public bool AllProtected { get; private set; } = true;

    public string AuthorityFile => Path.Combine(_folder, "authority.pem");

    public static MailServer Start()
    {
        var server = new MailServer();
        var options = new SmtpServerOptionsBuilder()
            .ServerName("localhost")
            .Endpoint(endpoint => endpoint
                .Endpoint(new IPEndPoint(IPAddress.Loopback, server.Port))
                .Certificate(server.MakeCertificate())
                .AuthenticationRequired()
                .SessionTimeout(TimeSpan.FromMinutes(1)))
            .Build();
        var parts = new SmtpServer.ComponentModel.ServiceProvider();
        parts.Add((IUserAuthenticator)new Guard());
        parts.Add((IMailboxFilter)new Filter(server));
        parts.Add((IMessageStore)new Store(server));
        var listener = new global::SmtpServer.SmtpServer(options, parts);
        listener.SessionCreated += (_, session) => server._sessions.TryAdd(session.Context.SessionId, 0);
        server._running = listener.StartAsync(server._stop.Token);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await _running.WaitAsync(TimeSpan.FromSeconds(5), TimeProvider.System);
        }
        catch (Exception end) when (end is OperationCanceledException or TimeoutException)
        {
            // It is stopped.
        }

        _stop.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private X509Certificate2 MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddHours(-1), now.AddDays(1));
        File.WriteAllText(AuthorityFile, certificate.ExportCertificatePem());
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }

    private sealed class Guard : IUserAuthenticator
    {
        public Task<bool> AuthenticateAsync(ISessionContext context, string user, string password, CancellationToken cancellationToken) =>
            Task.FromResult((user, password) == (UserName, Password));
    }

    private sealed class Filter(MailServer server) : IMailboxFilter
    {
        public Task<bool> CanAcceptFromAsync(ISessionContext context, IMailbox from, int size, CancellationToken cancellationToken) => Task.FromResult(true);

        public Task<bool> CanDeliverToAsync(ISessionContext context, IMailbox to, IMailbox from, CancellationToken cancellationToken) =>
            server.OnRecipient($"{to.User}@{to.Host}") is { } refusal ? throw new SmtpResponseException(refusal) : Task.FromResult(true);
    }

    private sealed class Store(MailServer server) : IMessageStore
    {
        public async Task<SmtpResponse> SaveAsync(
            ISessionContext context, IMessageTransaction transaction, ReadOnlySequence<byte> buffer, CancellationToken cancellationToken)
        {
            using var stream = new MemoryStream(buffer.ToArray());
            var mail = await MimeMessage.LoadAsync(stream, cancellationToken);
            if (server.OnMail(mail) is { } answer) return answer;

            server.AllProtected &= context.Pipe.IsSecure && context.Authentication.IsAuthenticated;
            server.Mails.Enqueue(mail);
            await server.AfterMail(cancellationToken);
            return SmtpResponse.Ok;
        }
    }
}
