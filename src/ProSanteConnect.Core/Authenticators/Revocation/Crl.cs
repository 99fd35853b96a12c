using System.Collections.Frozen;

namespace ProSanteConnect.Core.Authenticators.Revocation;

/// <summary>A CRL whose signature was verified: the serial numbers it lists, and its term.</summary>
internal sealed record Crl(
    DateTimeOffset ThisUpdate, DateTimeOffset NextUpdate, FrozenDictionary<string, DateTimeOffset> Revocations)
{
    public DateTimeOffset? RevokedSince(string serialNumber) =>
        Revocations.TryGetValue(serialNumber, out var since) ? since : null;
}
