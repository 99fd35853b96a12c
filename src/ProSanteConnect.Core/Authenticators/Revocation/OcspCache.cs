using System.Collections.Concurrent;

namespace ProSanteConnect.Core.Authenticators.Revocation;

/// <summary>What responders have said and still say.</summary>
internal sealed class OcspCache
{
    // A practitioner has one card: this is a large town at once, in some ten megabytes.
    private const int MaxEntries = 20_000;

    private readonly ConcurrentDictionary<CertificateId, Entry> _entries = new();

    public RevocationAnswer? Find(CertificateId certificate, DateTimeOffset now) =>
        _entries.TryGetValue(certificate, out var entry) && now < entry.Until ? entry.Answer : null;

    public void Keep(CertificateId certificate, RevocationAnswer answer, DateTimeOffset until, DateTimeOffset now)
    {
        if (until <= now) return;

        if (_entries.Count >= MaxEntries) MakeRoom(now);
        _entries[certificate] = new Entry(answer, until);
    }

    // What was forgotten is asked again: when expired entries are not enough, everything goes.
    private void MakeRoom(DateTimeOffset now)
    {
        foreach (var (certificate, entry) in _entries)
        {
            if (entry.Until <= now) _entries.TryRemove(certificate, out _);
        }

        if (_entries.Count >= MaxEntries) _entries.Clear();
    }

    private sealed record Entry(RevocationAnswer Answer, DateTimeOffset Until);
}
