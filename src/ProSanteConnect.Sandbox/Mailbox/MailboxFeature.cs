using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ProSanteConnect.Core.Delivery;
using ProSanteConnect.Server.Delivery;
using ProSanteConnect.Server.Delivery.Push;
using ProSanteConnect.Server.Shared.SecurityHeaders;

namespace ProSanteConnect.Sandbox.Mailbox;

/// <summary>Keeps every mail and SMS of the sandbox and shows them on a page. Nothing leaves the machine.</summary>
internal static class MailboxFeature
{
    public const string Route = "/sandbox/boite";

    public static void AddMailbox(this IServiceCollection services, string folder)
    {
        services.AddSingleton(new KeptMessages(folder));
        foreach (var channel in new[] { Channel.Mail, Channel.Sms })
        {
            services.AddSingleton<IDelivery>(provider => new MailboxDelivery(
                channel, provider.GetRequiredService<MessageRenderer>(), provider.GetRequiredService<KeptMessages>(), provider.GetRequiredService<TimeProvider>()));
        }

        services.Replace(ServiceDescriptor.Singleton(PushReach.ThisMachine));
    }

    public static void MapMailbox(this IEndpointRouteBuilder app) => app.MapGet(Route + "/{id:guid}", Mail);

    public static string UrlOf(KeptMessage message) => $"{Route}/{message.Id}";

    /// <summary>The HTML of a mail as a document for the frame of the page, without scripts and with its pictures inlined.</summary>
    internal static Results<ContentHttpResult, NotFound> Mail(Guid id, HttpContext http, KeptMessages kept)
    {
        if (kept.Find(id) is not { Html: { } html } message) return TypedResults.NotFound();

        http.ShowAsFramedLetter();
        var picture = message.QrCode is { } png ? "data:image/png;base64," + Convert.ToBase64String(png) : "";
        // Links open outside the frame, as in a mail program.
        var page = html
            .Replace("cid:qr-code", picture, StringComparison.Ordinal)
            .Replace("<head>", "<head>\n  <base target=\"_blank\">", StringComparison.Ordinal);
        return TypedResults.Content(page, "text/html", Encoding.UTF8);
    }
}

/// <summary>A rendered message that was not sent.</summary>
/// <param name="Id">Identifies the message on the page.</param>
/// <param name="Channel">Mail or SMS.</param>
/// <param name="Recipient">The mail address or the telephone number.</param>
/// <param name="At">When it was rendered.</param>
/// <param name="Subject">Empty for an SMS.</param>
/// <param name="Text">The plain text.</param>
/// <param name="Html">The HTML of a mail, which refers to the QR code as <c>cid:qr-code</c>; null for an SMS.</param>
/// <param name="QrCode">The picture of the QR code, as PNG.</param>
public sealed record KeptMessage(Guid Id, Channel Channel, string Recipient, DateTimeOffset At, string Subject, string Text, string? Html, byte[]? QrCode);

/// <summary>The latest messages, one file each in the data folder: they survive a restart and are deleted with the folder.</summary>
public sealed class KeptMessages(string folder)
{
    public const int Limit = 200;

    private readonly Lock _writing = new();

    /// <summary>Writes a message and deletes the oldest ones over <see cref="Limit"/>. A message with a known identifier replaces the former one.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public void Keep(KeptMessage message)
    {
        lock (_writing)
        {
            Directory.CreateDirectory(folder);
            foreach (var former in Directory.EnumerateFiles(folder, $"*-{message.Id:N}.json").ToList()) File.Delete(former);

            var path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{message.At.UtcTicks:D19}-{message.Id:N}.json"));
            File.WriteAllBytes(path + ".new", JsonSerializer.SerializeToUtf8Bytes(message));
            File.Move(path + ".new", path, overwrite: true);
            foreach (var oldest in Files().Skip(Limit).ToList()) File.Delete(oldest);
        }
    }

    /// <summary>All messages, the newest first.</summary>
    public IReadOnlyList<KeptMessage> All() => [.. Files().Select(Read).OfType<KeptMessage>()];

    public KeptMessage? Find(Guid id) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder, $"*-{id:N}.json").Select(Read).FirstOrDefault() : null;

    private IEnumerable<string> Files() =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.json").OrderByDescending(path => path, StringComparer.Ordinal) : [];

    private static KeptMessage? Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<KeptMessage>(File.ReadAllBytes(path));
        }
        catch (Exception gone) when (gone is FileNotFoundException or JsonException)
        {
            return null;
        }
    }
}

/// <summary>Keeps the messages of a channel in place of a gateway.</summary>
internal sealed class MailboxDelivery(Channel channel, MessageRenderer renderer, KeptMessages kept, TimeProvider clock) : IDelivery
{
    public Channel Channel => channel;

    public int Parallelism => 1;

    public Task<DeliveryResult> SendAsync(LeasedMessage message, CancellationToken ct)
    {
        var rendered = renderer.Render(message.Content);
        kept.Keep(new KeptMessage(
            IdOf(message.IdempotencyKey), channel, message.Content.Recipient, clock.GetUtcNow(), rendered.Subject, rendered.Text, rendered.Html, rendered.QrCode));
        return Task.FromResult<DeliveryResult>(new DeliveryResult.Sent());
    }

    private static Guid IdOf(string idempotencyKey) => new(SHA256.HashData(Encoding.UTF8.GetBytes(idempotencyKey)).AsSpan(0, 16));
}
