using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;

namespace ProSanteConnect.Core.Cards.Revocation;

/// <summary>Checks revocation at the configured OCSP responder of the issuer, and caches the responses.</summary>
public sealed class OcspCheck(RevocationAddresses addresses, CrlStore crls, CardOptions options, HttpMessageInvoker http)
    : IRevocationCheck
{
    private const int MaxAnswerBytes = 64 * 1024;

    /// <summary>How long a failed responder is not asked again while a CRL is available.</summary>
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(30);

    private readonly OcspCache _cache = new();
    private readonly ConcurrentDictionary<string, DateTimeOffset> _pausedUntil = new();

    public async Task<RevocationAnswer> CheckAsync(CertificateId certificate, DateTimeOffset now, CancellationToken ct)
    {
        if (addresses.Of(certificate) is not { Source.Ocsp: { } responder } entry)
            return new RevocationAnswer.Unknown(RevocationDoubt.NotConfigured);
        if (_cache.Find(certificate, now) is { } known) return known;

        switch (await AskAsync(responder, new OcspQuestion(entry.Issuer, certificate.SerialNumber), now, ct))
        {
            case OcspReading.Accepted(var answer, var until):
                _cache.Keep(certificate, answer, Earlier(until, now + options.OcspCacheLifetime), now);
                return answer;
            case OcspReading.Rejected(var doubt):
                return new RevocationAnswer.Unknown(doubt);
            case var other:
                throw new UnreachableException($"Reading {other}");
        }
    }

    /// <summary>Whether the responder failed recently, so that a request would probably time out.</summary>
    internal bool IsPaused(CertificateId certificate, DateTimeOffset now) =>
        _pausedUntil.TryGetValue(certificate.IssuerKey, out var until) && now < until;

    private async Task<OcspReading> AskAsync(Uri responder, OcspQuestion question, DateTimeOffset now, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, responder) { Content = new ByteArrayContent(question.ToBytes()) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/ocsp-request");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/ocsp-response"));

        switch (await BoundedHttp.SendAsync(http, request, MaxAnswerBytes, options.OcspTimeout, ct))
        {
            case Download.Received(var bytes):
                _pausedUntil.TryRemove(question.Issuer.Key, out _);
                return OcspReader.Read(bytes, question, Terms(now), now);
            case Download.Failed(var doubt):
                _pausedUntil[question.Issuer.Key] = now + PauseAfterFailure;
                return new OcspReading.Rejected(doubt);
            case var other:
                throw new UnreachableException($"Download {other}");
        }
    }

    private OcspTerms Terms(DateTimeOffset now) =>
        new(options.OcspNonceRequired, delegated => crls.Find(delegated, now) is RevocationAnswer.Revoked);

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}

/// <summary>The conditions for accepting an OCSP response.</summary>
/// <param name="NonceRequired">Whether it must repeat the nonce of the request.</param>
/// <param name="IsRevoked">Whether a delegate's certificate is known to be revoked.</param>
internal sealed record OcspTerms(bool NonceRequired, Func<CertificateId, bool> IsRevoked);

/// <summary>The OCSP responses that are still valid.</summary>
internal sealed class OcspCache
{
    // One entry per card. 20,000 entries take about 10 MB.
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

    // Removes expired entries; clears the cache when that is not enough. Removed entries are requested again.
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
