using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ProSanteConnect.Core.Delivery;
using ProSanteConnect.Server.Delivery;
using ProSanteConnect.Server.Delivery.Push;
using ProSanteConnect.Server.Shared;

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
