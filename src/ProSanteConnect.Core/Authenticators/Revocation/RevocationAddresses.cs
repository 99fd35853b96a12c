using ProSanteConnect.Core.Authenticators.Verification;

namespace ProSanteConnect.Core.Authenticators.Revocation;

/// <summary>Where to ask about what each authority issued: configured addresses, and no other.</summary>
public sealed class RevocationAddresses
{
    private readonly List<KeyValuePair<Authority, RevocationSource>> _sources = [];
    private readonly Dictionary<string, KeyValuePair<Authority, RevocationSource>> _byKey = [];

    /// <exception cref="InvalidOperationException">A source is for an authority that nobody configured.</exception>
    public RevocationAddresses(TrustedAuthorities authorities, CardOptions options)
    {
        foreach (var source in options.RevocationSources)
        {
            var named = authorities.Named(source.Issuer).ToList();
            if (named.Count == 0)
                throw new InvalidOperationException(
                    $"Card:RevocationSources: no trusted authority is called '{source.Issuer}'; there are: {string.Join(", ", authorities.All)}.");

            foreach (var authority in named) Add(authority, source);
        }
    }

    internal IReadOnlyList<KeyValuePair<Authority, RevocationSource>> All => _sources;

    internal RevocationSource? Of(Authority authority) => _byKey.TryGetValue(authority.Key, out var entry) ? entry.Value : null;

    /// <summary>The issuer of this certificate and its source; null when none is configured.</summary>
    internal (Authority Issuer, RevocationSource Source)? Of(CertificateId certificate) =>
        _byKey.TryGetValue(certificate.IssuerKey, out var entry) ? (entry.Key, entry.Value) : null;

    private void Add(Authority authority, RevocationSource source)
    {
        var entry = KeyValuePair.Create(authority, source);
        if (!_byKey.TryAdd(authority.Key, entry))
            throw new InvalidOperationException($"Card:RevocationSources names '{authority}' twice.");

        _sources.Add(entry);
    }
}
