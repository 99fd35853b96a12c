using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;

namespace ProSanteConnect.Core.SignIn;

/// <summary>
/// What every token request asks, compiled once for each kind of database: a compiled query serves the model it first met and
/// no other, and one process may meet several.
/// </summary>
internal sealed class GrantQueries
{
    private static readonly ConcurrentDictionary<Type, GrantQueries> ByContext = new();

    private GrantQueries() { }

    public Func<PscDb, byte[], IAsyncEnumerable<LiveGrant>> ByCode { get; } = EF.CompileAsyncQuery(
        (PscDb db, byte[] codeHash) =>
            from grant in db.Grants.AsNoTracking()
            join session in db.Sessions.AsNoTracking() on grant.SessionId equals session.Id
            join practitioner in db.Practitioners.AsNoTracking() on session.PractitionerId equals practitioner.Id
            where grant.CodeHash == codeHash
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
            });

    /// <summary>The grant of a token, and whether that token was revoked alone: one question for each request that bears one.</summary>
    public Func<PscDb, Guid, Guid, IAsyncEnumerable<LiveGrant>> ById { get; } = EF.CompileAsyncQuery(
        (PscDb db, Guid id, Guid jti) =>
            from grant in db.Grants.AsNoTracking()
            join session in db.Sessions.AsNoTracking() on grant.SessionId equals session.Id
            join practitioner in db.Practitioners.AsNoTracking() on session.PractitionerId equals practitioner.Id
            where grant.Id == id
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

    /// <summary>Whether a token that has no grant was revoked.</summary>
    public Func<PscDb, Guid, Task<bool>> IsRevoked { get; } = EF.CompileAsyncQuery(
        (PscDb db, Guid jti) => db.RevokedTokens.Any(t => t.Jti == jti));

    public static GrantQueries For(PscDb db) => ByContext.GetOrAdd(db.GetType(), static _ => new GrantQueries());
}
