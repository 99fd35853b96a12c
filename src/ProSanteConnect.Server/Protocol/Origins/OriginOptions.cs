using System.ComponentModel.DataAnnotations;

namespace ProSanteConnect.Server.Protocol.Origins;

/// <summary>The public addresses of this service (section <c>Origins</c>): scheme and host, and port where it is not the default.</summary>
public sealed class OriginOptions : IValidatableObject
{
    /// <summary>The "auth" host, where the issuer and its endpoints are; for example <c>https://auth.sante.example</c>.</summary>
    [Required]
    public string Auth { get; set; } = "";

    /// <summary>The "wallet" host, where people are: the sign-in page and the portal. The auth host by default.</summary>
    public string? Wallet { get; set; }

    /// <summary>Where the card listener is reached: a host name or a port of its own, for example <c>https://carte.sante.example</c>.</summary>
    [Required]
    public string Card { get; set; } = "";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var (name, value) in new[] { (nameof(Auth), Auth), (nameof(Wallet), Wallet ?? Auth), (nameof(Card), Card) })
        {
            if (!Uri.TryCreate(value, UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttps || uri.PathAndQuery != "/")
                yield return new ValidationResult($"Origins:{name} must be an https origin without a path, not \"{value}\".", [name]);
        }
    }
}
