using System.ComponentModel.DataAnnotations;

namespace ProSanteConnect.Server.Delivery.Sms;

/// <summary>The gateway that sends SMS (section <c>Sms</c>). Without an address no SMS is sent.</summary>
internal sealed class SmsGatewayOptions : IValidatableObject
{
    /// <summary>Where requests are posted, for example <c>https://sms.example/send</c>; http only on this machine. None by default.</summary>
    public Uri? Address { get; set; }

    /// <summary>The secret shared with the gateway, which signs each request: at least 32 characters.</summary>
    public string Secret { get; set; } = "";

    /// <summary>How long an answer may take. From 1 second to 1 minute; 10 seconds by default.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Address is null) yield break;

        if (!Address.IsAbsoluteUri || !(Address.Scheme == Uri.UriSchemeHttps || (Address.Scheme == Uri.UriSchemeHttp && Address.IsLoopback)))
            yield return new ValidationResult("Sms:Address must be an https address; http is for this machine alone.", [nameof(Address)]);
        if (Secret.Length < 32)
            yield return new ValidationResult("Sms:Secret must have at least 32 characters.", [nameof(Secret)]);
    }
}
