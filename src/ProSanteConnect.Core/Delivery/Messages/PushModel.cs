using System.Text.Json.Serialization;

namespace ProSanteConnect.Core.Delivery.Messages;

/// <summary>A message that wakes the phone: an identifier and a sentence that says nothing of anybody.</summary>
public abstract record PushModel : MessageModel
{
    /// <summary>What the app asks us about when it wakes.</summary>
    [JsonIgnore]
    public abstract Guid Subject { get; }
}
