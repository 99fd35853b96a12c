using System.Text.Json.Serialization;

namespace ProSanteConnect.Core.Delivery.Messages;

/// <summary>A message by mail.</summary>
public abstract record MailModel : MessageModel
{
    /// <summary>
    /// A path of ours that the mail offers as a link and as a QR code, or null. The origin before it comes from the
    /// configuration alone (security-checklist T22).
    /// </summary>
    [JsonIgnore]
    public virtual string? QrPath => null;
}
