using Microsoft.Extensions.Options;
using ProSanteConnect.Core.Delivery;
using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Server.Delivery;
using ProSanteConnect.Server.Shared.Origins;

namespace ProSanteConnect.Server.Tests.Delivery;

/// <summary>Messages as the worker hands them to a channel.</summary>
internal static class DeliveryFixture
{
    public const string Wallet = "https://wallet.psc.example";
    public const string MailAddress = "camille.fictif@example.org";

    public static readonly DateTimeOffset Now = new(2026, 3, 2, 8, 5, 0, TimeSpan.Zero);

    public static MessageRenderer Renderer { get; } = new(
        new TemplateSet(folder: null),
        new ConfiguredOrigins(Options.Create(new OriginOptions { Auth = "https://auth.psc.example", Wallet = Wallet, Card = "https://card.psc.example" })));

    public static ActivationQr Qr { get; } = new("Camille FICTIF", "AbC-123_secret", Now.AddHours(1));

    public static EmailAddress Recipient => EmailAddress.TryParse(MailAddress, out var address) ? address : default;

    public static PhoneNumber Phone => PhoneNumber.TryParse("06 39 98 00 01", out var number) ? number : default;

    public static OutboxContent Content(MessageModel model, string language = "fr", PushAddress? push = null) =>
        new(model is SmsModel ? Phone.Value : MailAddress, push, language, model);

    public static LeasedMessage Leased(OutboxContent content, string key = "test:1") => new(
        Guid.NewGuid(), Guid.NewGuid(), Channel.Mail, key, 1, Now, Now.AddMinutes(1), Now.AddMinutes(5), content);

    public static LeasedMessage Leased(MessageModel model, string key = "test:1") => Leased(Content(model), key);

    /// <summary>One model of each kind.</summary>
    public static IReadOnlyList<MessageModel> EveryModel { get; } =
    [
        Qr,
        new ActivationCodeSms("493027", 5),
        new ActivationNoticeSms(Now),
        new ECpsActivated("Camille FICTIF", "Pixel 9", "card", Now, Now.AddYears(3)),
        new ECpsBlocked("Camille FICTIF", "Pixel 9", Now),
        new ECpsDeactivated("Camille FICTIF", "Pixel 9", "forgotten-pin", Now),
        new ECpsExpiresSoon("Camille FICTIF", "Pixel 9", 30, Now.AddDays(30)),
        new ECpsRenewed("Camille FICTIF", "Pixel 9", Now.AddYears(3)),
        new ECpsReplaced("Camille FICTIF", "Pixel 8", "Pixel 9", Now),
        new SignedInFromNewBrowser("Camille FICTIF", "CHU de Rennes", "Firefox sous Windows", "Rennes", Now),
        new SignInRequestWaits(Guid.Parse("4a5f9d0e-6a1e-4b0e-9d5f-0123456789ab")),
    ];
}
