using System.Security.Cryptography.X509Certificates;

namespace ProSanteConnect.Core.Authenticators.Verification;

/// <summary>
/// The authorities whose cards are believed: those of the configured files and no other, neither the system's nor
/// those that a browser sends along.
/// </summary>
public sealed class TrustedAuthorities
{
    private readonly Dictionary<string, Authority> _byThumbprint = [];
    private readonly Dictionary<string, Authority> _byKey = [];

    /// <exception cref="InvalidOperationException">Something in the list is no authority, or too weak to be one.</exception>
    public TrustedAuthorities(IEnumerable<X509Certificate2> certificates)
    {
        foreach (var certificate in certificates) Add(new Authority(certificate));

        if (!All.Any(a => a.IsRoot))
            throw new InvalidOperationException("Card:TrustedAuthorities holds no root: no path could end anywhere.");
    }

    public IReadOnlyCollection<Authority> All => _byThumbprint.Values;

    public static TrustedAuthorities Load(IEnumerable<string> paths) => new(paths.SelectMany(AuthorityFile.Read));

    /// <summary>What a TLS listener names to the browser, so that it offers the right certificates only.</summary>
    public X509Certificate2Collection ToCollection() => [.. All.Select(a => a.Certificate)];

    /// <summary>The authorities of this name; an authority that changed its key stands twice.</summary>
    public IEnumerable<Authority> Named(string nameOrThumbprint) => All.Where(a =>
        a.Name == nameOrThumbprint || a.Thumbprint.Equals(nameOrThumbprint, StringComparison.OrdinalIgnoreCase));

    internal Authority? WithKey(string key) => _byKey.GetValueOrDefault(key);

    /// <summary>
    /// The authorities from the certificate's issuer up to a root, or null when there is no such path. Whether the
    /// certificate itself is in its term is left to <see cref="ValidityCheck"/>, because its holder is told the date.
    /// </summary>
    internal IReadOnlyList<Authority>? PathOf(X509Certificate2 certificate, DateTimeOffset now)
    {
        using var chain = new X509Chain { ChainPolicy = Policy(now) };
        chain.Build(certificate);

        var elements = chain.ChainElements.ToList();
        if (elements.Count < 2) return null;
        if (elements[0].ChainElementStatus.Any(s => s.Status != X509ChainStatusFlags.NotTimeValid)) return null;

        var path = new List<Authority>();
        foreach (var element in elements.Skip(1))
        {
            // The builder also looks into the account's own store of intermediates: what we did not configure, we do not trust.
            var authority = _byThumbprint.GetValueOrDefault(Authority.ThumbprintOf(element.Certificate));
            if (authority is null || element.ChainElementStatus.Length > 0) return null;

            path.Add(authority);
        }

        return path[^1].IsRoot ? path : null;
    }

    private X509ChainPolicy Policy(DateTimeOffset now)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            VerificationTime = now.UtcDateTime,
            // Revocation is asked at configured addresses; the builder would go where the certificate points.
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        foreach (var authority in All) (authority.IsRoot ? policy.CustomTrustStore : policy.ExtraStore).Add(authority.Certificate);

        return policy;
    }

    private void Add(Authority authority)
    {
        var certificate = authority.Certificate;
        if (!certificate.Extensions.OfType<X509BasicConstraintsExtension>().Any(c => c.CertificateAuthority))
            throw new InvalidOperationException($"Card:TrustedAuthorities: '{authority}' is no authority (basicConstraints).");
        if (!CryptographicStrength.HasStrongKey(certificate))
            throw new InvalidOperationException($"Card:TrustedAuthorities: the key of '{authority}' is too short.");

        // Nobody relies on the signature that a root makes over itself.
        if (!authority.IsRoot && !CryptographicStrength.HasStrongSignature(certificate))
            throw new InvalidOperationException($"Card:TrustedAuthorities: '{authority}' is signed with a broken algorithm.");

        _byThumbprint[authority.Thumbprint] = authority;
        _byKey[authority.Key] = authority;
    }
}
