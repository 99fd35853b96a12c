using System.Collections.Concurrent;
using ProSanteConnect.Core.Cards.Checks;

namespace ProSanteConnect.Core.Cards.Revocation;

/// <summary>
/// Holds the CRLs in memory. Only <see cref="RefreshAsync(DateTimeOffset, CancellationToken)"/> downloads them: a sign-in never
/// waits for a download or triggers one.
/// </summary>
public sealed class CrlStore(RevocationAddresses addresses, CardOptions options, HttpMessageInvoker http) : IRevocationCheck
{
    // The largest known CRLs list several hundred thousand serial numbers of about 40 bytes each.
    private const int MaxCrlBytes = 64 * 1024 * 1024;
    private static readonly TimeSpan DownloadTimeout = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<string, Held> _held = new();

    /// <summary>Downloads every configured CRL. The failure of one does not affect the others; the result reports each.</summary>
    public async Task<IReadOnlyList<CrlRefresh>> RefreshAsync(DateTimeOffset now, CancellationToken ct)
    {
        var outcomes = new List<CrlRefresh>();
        foreach (var (issuer, source) in addresses.All)
        {
            if (source.Crl is { Length: > 0 } address) outcomes.Add(await RefreshAsync(issuer, address, now, ct));
        }

        return outcomes;
    }

    public Task<RevocationAnswer> CheckAsync(CertificateId certificate, DateTimeOffset now, CancellationToken ct) =>
        Task.FromResult(Find(certificate, now));

    internal RevocationAnswer Find(CertificateId certificate, DateTimeOffset now)
    {
        if (addresses.Of(certificate) is not { Source.Crl.Length: > 0 }) return new RevocationAnswer.Unknown(RevocationDoubt.NotConfigured);
        if (!_held.TryGetValue(certificate.IssuerKey, out var held)) return new RevocationAnswer.Unknown(RevocationDoubt.NotLoaded);

        // A revocation does not expire: a CRL that is too old to answer "good" can still answer "revoked".
        if (held.Crl.RevokedSince(certificate.SerialNumber) is { } since) return new RevocationAnswer.Revoked(since);
        if (now >= held.Crl.NextUpdate) return new RevocationAnswer.Unknown(RevocationDoubt.Stale);

        return now - held.FetchedAt > options.CrlMaxAge
            ? new RevocationAnswer.Unknown(RevocationDoubt.NotRefreshed)
            : new RevocationAnswer.Good();
    }

    private async Task<CrlRefresh> RefreshAsync(Authority issuer, string address, DateTimeOffset now, CancellationToken ct)
    {
        var download = await FetchAsync(address, ct);
        if (download is Download.Failed(var obstacle)) return new CrlRefresh.Failed(issuer.Name, obstacle);

        var reading = CrlReader.Read(((Download.Received)download).Bytes, issuer, now);
        if (reading is CrlReading.Rejected(var doubt)) return new CrlRefresh.Failed(issuer.Name, doubt);

        var crl = ((CrlReading.Accepted)reading).Crl;
        // Rejects an older list: an attacker on the network could replay one from before a revocation.
        if (_held.TryGetValue(issuer.Key, out var held) && crl.ThisUpdate < held.Crl.ThisUpdate)
            return new CrlRefresh.Failed(issuer.Name, RevocationDoubt.Older);

        _held[issuer.Key] = new Held(crl, now);
        return new CrlRefresh.Loaded(issuer.Name, crl.Revocations.Count, crl.NextUpdate);
    }

    private async Task<Download> FetchAsync(string address, CancellationToken ct)
    {
        if (!CardOptions.IsHttp(address)) return await ReadFileAsync(address, ct);

        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        return await BoundedHttp.SendAsync(http, request, MaxCrlBytes, DownloadTimeout, ct);
    }

    private static async Task<Download> ReadFileAsync(string path, CancellationToken ct)
    {
        try
        {
            await using var file = File.OpenRead(path);
            return await BoundedHttp.ReadAsync(file, MaxCrlBytes, ct);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return new Download.Failed(RevocationDoubt.Unreachable);
        }
    }

    private sealed record Held(Crl Crl, DateTimeOffset FetchedAt);
}

/// <summary>The result of refreshing one CRL, for the log, the metrics and the health check.</summary>
public abstract record CrlRefresh
{
    private CrlRefresh(string issuer) => Issuer = issuer;

    public string Issuer { get; init; }

    public sealed record Loaded(string Issuer, int Revocations, DateTimeOffset NextUpdate) : CrlRefresh(Issuer);

    /// <summary>The download failed; the previous CRL stays in use while it is valid.</summary>
    public sealed record Failed(string Issuer, string Doubt) : CrlRefresh(Issuer);
}
