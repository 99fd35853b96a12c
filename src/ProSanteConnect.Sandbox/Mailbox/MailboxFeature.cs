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

/// <summary>The box in which every mail and SMS of the sandbox ends: nothing leaves the machine.</summary>
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

    /// <summary>A mail as a document of its own, for the frame on the page: without script, and with the pictures inside.</summary>
    internal static Results<ContentHttpResult, NotFound> Mail(Guid id, HttpContext http, KeptMessages kept)
    {
        if (kept.Find(id) is not { Html: { } html } message) return TypedResults.NotFound();

        http.ShowAsFramedLetter();
        var picture = message.QrCode is { } png ? "data:image/png;base64," + Convert.ToBase64String(png) : "";
        // Links lead out of the frame, as they lead out of a mail program.
        var page = html
            .Replace("cid:qr-code", picture, StringComparison.Ordinal)
            .Replace("<head>", "<head>\n  <base target=\"_blank\">", StringComparison.Ordinal);
        return TypedResults.Content(page, "text/html", Encoding.UTF8);
    }
}

/// <summary>A message as it would have left.</summary>
/// <param name="Id">The name under which the page finds it.</param>
/// <param name="Channel">By mail or by SMS.</param>
/// <param name="Recipient">The mail address or the telephone number.</param>
/// <param name="At">When it would have left.</param>
/// <param name="Subject">Empty for an SMS.</param>
/// <param name="Text">What a reader without HTML sees.</param>
/// <param name="Html">The mail as a page; the QR code in it is <c>cid:qr-code</c>.</param>
/// <param name="QrCode">The picture of the QR code, as PNG.</param>
public sealed record KeptMessage(Guid Id, Channel Channel, string Recipient, DateTimeOffset At, string Subject, string Text, string? Html, byte[]? QrCode);

/// <summary>The last messages, one file each in the data folder, so that they outlive a restart and go with the folder.</summary>
public sealed class KeptMessages(string folder)
{
    public const int Limit = 200;

    private readonly Lock _writing = new();

    /// <summary>Keeps a message; the same one again takes the place of the former.</summary>
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

    /// <summary>The newest first.</summary>
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

/// <summary>Stands in for a gateway: what would have left is kept to be looked at.</summary>
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
