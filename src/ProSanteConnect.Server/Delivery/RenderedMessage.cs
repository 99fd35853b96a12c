namespace ProSanteConnect.Server.Delivery;

/// <summary>A message as its reader has it.</summary>
/// <param name="Subject">The first line of the text; empty for an SMS.</param>
/// <param name="Text">The text without its subject.</param>
/// <param name="Html">The same with markup, for a mail.</param>
/// <param name="QrCode">The picture that the markup shows as <c>cid:qr-code</c>, as PNG.</param>
internal sealed record RenderedMessage(string Subject, string Text, string? Html, byte[]? QrCode)
{
    public const string QrCodeId = "qr-code";

    public override string ToString() => "RenderedMessage(***)";
}
