using ProSanteConnect.Core.Delivery;

namespace ProSanteConnect.Sandbox.Mailbox;

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
