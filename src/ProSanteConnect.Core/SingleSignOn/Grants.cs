using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Journal;
using ProSanteConnect.Core.Security;

namespace ProSanteConnect.Core.SingleSignOn;

/// <summary>
/// Issues, redeems, rotates and ends grants, each by one conditional UPDATE. Every method throws when the database fails: a
/// code whose redemption was not written can still be redeemed.
/// </summary>
public sealed class Grants(PscDb db)
{
    private readonly GrantQueries _queries = GrantQueries.For(db);

    public Task AddAsync(Grant grant, JournalEntry entry, CancellationToken ct)
    {
        db.Add(grant);
        db.Add(entry);
        return db.SaveChangesAsync(ct);
    }

    public async Task<LiveGrant?> FindByCodeAsync(string code, CancellationToken ct) =>
        await _queries.ByCode(db, SecretToken.HashOf(code), Guid.Empty).FirstOrDefaultAsync(ct);

    /// <summary>The grant of a token, and whether that token was revoked by itself.</summary>
    public async Task<LiveGrant?> FindAsync(Guid id, Guid jti, CancellationToken ct) =>
        await _queries.ById(db, id, jti).FirstOrDefaultAsync(ct);

    public Task<bool> IsRevokedAsync(Guid jti) => _queries.IsRevoked(db, jti);

    /// <summary>Redeems the authorization code: true for one caller only.</summary>
    public async Task<bool> RedeemCodeAsync(Guid id, CancellationToken ct) =>
        await db.Grants.Movable(GrantTrigger.Redeem).Where(g => g.Id == id)
            .ExecuteUpdateAsync(set => set.SetProperty(g => g.Status, GrantLifeCycle.Next(GrantTrigger.Redeem)), ct) == 1;

    /// <summary>Increments the generation of the refresh token: true for one caller only.</summary>
    public async Task<bool> RotateAsync(Guid id, int generation, CancellationToken ct) =>
        await db.Grants.Movable(GrantTrigger.Refresh).Where(g => g.Id == id && g.Generation == generation)
            .ExecuteUpdateAsync(set => set.SetProperty(g => g.Generation, generation + 1), ct) == 1;

    /// <summary>Ends a grant and thereby all its tokens; the reason is recorded in the journal.</summary>
    public async Task EndAsync(Guid id, JournalEntry entry, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await db.Grants.Where(g => g.Id == id).EndAsync(ct) == 0) return;

        db.Add(entry);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>Revokes one access token and leaves its grant active (RFC 7009).</summary>
    public async Task RevokeTokenAsync(Guid jti, DateTimeOffset expiresAt, JournalEntry entry, CancellationToken ct)
    {
        if (await _queries.IsRevoked(db, jti)) return;

        db.Add(new RevokedToken { Jti = jti, ExpiresAt = expiresAt });
        db.Add(entry);
        await db.SaveChangesAsync(ct);
    }
}

/// <summary>A grant with the properties of session and holder that its tokens need, read in one query.</summary>
public sealed record LiveGrant
{
    public required Grant Grant { get; init; }
    public required long PractitionerId { get; init; }
    public required string NationalId { get; init; }
    public required AuthMode AuthMode { get; init; }
    public required DateTimeOffset AuthenticatedAt { get; init; }
    public required DateTimeOffset SessionExpiresAt { get; init; }
    public required DateTimeOffset SessionIdleExpiresAt { get; init; }
    public required DateTimeOffset? SessionEndedAt { get; init; }
    public required string? CertificateId { get; init; }

    /// <summary>When the directory last changed the person; values computed before are stale.</summary>
    public required DateTimeOffset PractitionerUpdatedAt { get; init; }

    public required bool IsPractitionerListed { get; init; }

    /// <summary>Whether the token by which the grant was found was revoked by itself.</summary>
    public bool IsTokenRevoked { get; init; }

    public bool IsSessionAliveAt(DateTimeOffset now) =>
        SessionEndedAt is null && IsPractitionerListed && now < SessionExpiresAt && now < SessionIdleExpiresAt;

    public bool IsActiveAt(DateTimeOffset now) => Grant.Status == GrantStatus.Active && IsSessionAliveAt(now);

    public bool IsRedeemableAt(DateTimeOffset now) =>
        Grant.Status == GrantStatus.CodeIssued && now < Grant.CodeExpiresAt && IsSessionAliveAt(now);
}

/// <summary>
/// The queries of every token request, compiled once for each kind of database: a compiled query serves only the model that it
/// was first used with, and one process may use several.
/// </summary>
internal sealed class GrantQueries
{
    private static readonly ConcurrentDictionary<Type, GrantQueries> ByContext = new();

    private GrantQueries() { }

    /// <summary>The grant of an authorization code; no token is looked up.</summary>
    public Func<PscDb, byte[], Guid, IAsyncEnumerable<LiveGrant>> ByCode { get; } = By<byte[]>(nameof(Grant.CodeHash));

    /// <summary>The grant of a token, and whether that token was revoked by itself.</summary>
    public Func<PscDb, Guid, Guid, IAsyncEnumerable<LiveGrant>> ById { get; } = By<Guid>(nameof(Grant.Id));

    /// <summary>Whether a token that has no grant was revoked.</summary>
    public Func<PscDb, Guid, Task<bool>> IsRevoked { get; } = EF.CompileAsyncQuery(
        (PscDb db, Guid jti) => db.RevokedTokens.Any(t => t.Jti == jti));

    public static GrantQueries For(PscDb db) => ByContext.GetOrAdd(db.GetType(), static _ => new GrantQueries());

    private static Func<PscDb, TKey, Guid, IAsyncEnumerable<LiveGrant>> By<TKey>(string property) where TKey : notnull => EF.CompileAsyncQuery(
        (PscDb db, TKey key, Guid jti) =>
            from grant in db.Grants.AsNoTracking()
            join session in db.Sessions.AsNoTracking() on grant.SessionId equals session.Id
            join practitioner in db.Practitioners.AsNoTracking() on session.PractitionerId equals practitioner.Id
            where EF.Property<TKey>(grant, property).Equals(key)
            select new LiveGrant
            {
                Grant = grant,
                PractitionerId = session.PractitionerId,
                NationalId = session.NationalId,
                AuthMode = session.AuthMode,
                AuthenticatedAt = session.AuthenticatedAt,
                SessionExpiresAt = session.ExpiresAt,
                SessionIdleExpiresAt = session.IdleExpiresAt,
                SessionEndedAt = session.EndedAt,
                CertificateId = session.CertificateId,
                PractitionerUpdatedAt = practitioner.UpdatedAt,
                IsPractitionerListed = practitioner.DelistedAt == null,
                IsTokenRevoked = db.RevokedTokens.Any(t => t.Jti == jti),
            });
}
