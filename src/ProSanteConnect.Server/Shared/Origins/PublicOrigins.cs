using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace ProSanteConnect.Server.Shared.Origins;

/// <summary>
/// The public addresses of this service. In production they are fixed by configuration; the sandbox
/// uses the origin of the request.
/// </summary>
public abstract class PublicOrigins
{
    private const string Realm = "/auth/realms/esante-wallet";

    /// <summary>The origin of the "auth" host, for example <c>https://auth.sante.example</c>.</summary>
    public abstract string Auth(HttpRequest request);

    /// <summary>The origin of the "wallet" host.</summary>
    public abstract string Wallet(HttpRequest request);

    /// <summary>The origin of the card listener.</summary>
    public abstract string Card(HttpRequest request);

    /// <summary>The wallet origin for a request at the card listener.</summary>
    public abstract string WalletBehind(HttpRequest cardRequest);

    /// <summary>The wallet origin in mails and SMS: from the configuration only, never from a request (security-checklist T22).</summary>
    public abstract string WalletInMessages { get; }

    /// <summary>The domain that the phones' keys belong to (WebAuthn's RP ID), or null for that of each request.</summary>
    public virtual string? WalletDomain => null;

    /// <summary>The card listener's origin, for a link on a page of this request's wallet.</summary>
    public virtual string CardUrl(HttpRequest request, string path) => Card(request) + path;

    /// <summary>Whether this is one of our issuer identifiers.</summary>
    public abstract bool IsOurs(string issuer);

    /// <summary>The issuer identifier (psc-protocol §1, 1).</summary>
    public string Issuer(HttpRequest request) => Auth(request) + Realm;

    protected static string IssuerOf(string authOrigin) => authOrigin + Realm;
}

/// <summary>The origins in production: from the configuration, never from the Host header.</summary>
internal sealed class ConfiguredOrigins(IOptions<OriginOptions> options) : PublicOrigins
{
    private readonly string _auth = Normalize(options.Value.Auth);
    private readonly string _wallet = Normalize(options.Value.Wallet ?? options.Value.Auth);
    private readonly string _card = Normalize(options.Value.Card);

    public override string WalletInMessages => _wallet;

    public override string? WalletDomain => new Uri(_wallet).Host;

    public override string Auth(HttpRequest request) => _auth;

    public override string Wallet(HttpRequest request) => _wallet;

    public override string Card(HttpRequest request) => _card;

    public override string WalletBehind(HttpRequest cardRequest) => _wallet;

    public override bool IsOurs(string issuer) => issuer == IssuerOf(_auth);

    private static string Normalize(string origin) => new Uri(origin).GetLeftPart(UriPartial.Authority);
}

/// <summary>The public addresses of this service (section <c>Origins</c>): scheme and host, and port where it is not the default.</summary>
public sealed class OriginOptions : IValidatableObject
{
    /// <summary>The "auth" host, where the issuer and its endpoints are; for example <c>https://auth.sante.example</c>.</summary>
    [Required]
    public string Auth { get; set; } = "";

    /// <summary>The "wallet" host, with the sign-in page and the portal. The auth host by default.</summary>
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

internal static class OriginsFeature
{
    /// <summary>The production's origins, fixed by the section <c>Origins</c>.</summary>
    public static IServiceCollection AddConfiguredOrigins(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<OriginOptions>().BindConfiguration("Origins").ValidateDataAnnotations();
        return services.AddSingleton<PublicOrigins, ConfiguredOrigins>();
    }
}
