using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.SingleSignOn;
using ProSanteConnect.Server.Protocol.Tokens;

namespace ProSanteConnect.Server.Protocol.UserInfo;

/// <summary>
/// The claims of the practitioners who are signing in, written once for each state of the directory: the token's own query
/// tells when a person was changed last, so nothing here is ever stale.
/// </summary>
internal sealed class PractitionerClaims(TokenWriter tokens) : IDisposable
{
    /// <summary>How many documents are kept at most; one has about 2 kB.</summary>
    private const int Capacity = 20_000;

    private readonly MemoryCache _cache = new(new MemoryCacheOptions { SizeLimit = Capacity });

    /// <summary>The UserInfo document of a grant, as far as the scope of the token lets it be seen.</summary>
    public async Task<byte[]> UserInfoAsync(PscDb db, LiveGrant grant, string scope, CancellationToken ct)
    {
        var extent = UserInfoWriter.ExtentOf(scope);
        var key = (grant.PractitionerId, grant.PractitionerUpdatedAt, grant.AuthMode, extent);
        if (_cache.TryGetValue(key, out byte[]? document)) return document!;

        var practitioner = await db.Practitioners.AsNoTracking().SingleAsync(p => p.Id == grant.PractitionerId, ct);
        document = UserInfoWriter.Write(practitioner, tokens.SubjectOf(practitioner.NationalId), grant.AuthMode, extent);
        return Keep(key, document);
    }

    /// <summary>The names for the ID token.</summary>
    public async Task<PersonName> NameAsync(PscDb db, LiveGrant grant, CancellationToken ct)
    {
        var key = (grant.PractitionerId, grant.PractitionerUpdatedAt);
        if (_cache.TryGetValue(key, out PersonName? name)) return name!;

        var practitioner = await db.Practitioners.AsNoTracking()
            .Where(p => p.Id == grant.PractitionerId)
            .Select(p => new { p.GivenNames, p.FamilyName })
            .SingleAsync(ct);
        return Keep(key, new PersonName(practitioner.GivenNames is [var first, ..] ? first : "", practitioner.FamilyName));
    }

    public void Dispose() => _cache.Dispose();

    private T Keep<T>(object key, T value) =>
        _cache.Set(key, value, new MemoryCacheEntryOptions { Size = 1, SlidingExpiration = TimeSpan.FromMinutes(10) });
}

internal sealed record PersonName(string GivenName, string FamilyName);
