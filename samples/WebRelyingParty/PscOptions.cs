using System.ComponentModel.DataAnnotations;

namespace WebRelyingParty;

/// <summary>Where Pro Santé Connect is and who we are there (section <c>Psc</c>).</summary>
public sealed class PscOptions : IValidatableObject
{
    /// <summary>
    /// The address of the discovery document, the only thing to change between the sandbox and the real service.
    /// It must be https, except on this very machine.
    /// </summary>
    [Required]
    public Uri? Discovery { get; set; }

    [Required]
    public string ClientId { get; set; } = "";

    [Required]
    public string ClientSecret { get; set; } = "";

    /// <summary>
    /// A PEM file with the only root certificate to trust on calls to the provider, relative to the application's folder.
    /// Empty (the default) for the roots of the system.
    /// </summary>
    public string TrustedRoot { get; set; } = "";

    /// <summary>Whether plain http is spoken, which is admitted with this machine only.</summary>
    internal bool IsPlainLoopback => Discovery is { Scheme: "http", IsLoopback: true };

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Discovery is not ({ IsAbsoluteUri: true, Scheme: "https" } or { IsAbsoluteUri: true, Scheme: "http", IsLoopback: true }))
            yield return new ValidationResult($"Psc:Discovery must be an https address (http on loopback only), not '{Discovery}'.");
    }
}
