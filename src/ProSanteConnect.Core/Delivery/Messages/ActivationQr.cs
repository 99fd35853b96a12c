namespace ProSanteConnect.Core.Delivery.Messages;

/// <summary>The mail with which an activation by contact details begins (B4).</summary>
/// <param name="Holder">Whose activation it is.</param>
/// <param name="QrCode">The secret of the QR code.</param>
/// <param name="ExpiresAt">Until when the QR code may be presented.</param>
public sealed record ActivationQr(string Holder, string QrCode, DateTimeOffset ExpiresAt) : MailModel
{
    public const string Name = "activation-qr";

    public override string Template => Name;

    // The secret stands behind the #: it is sent to no server, so that a mail scanner that follows the link learns and consumes nothing.
    public override string QrPath => $"/app/#qr={QrCode}";
}
