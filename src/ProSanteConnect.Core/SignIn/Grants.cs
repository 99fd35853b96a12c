using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Journal;

namespace ProSanteConnect.Core.SignIn;

/// <summary>
/// Issues, redeems, rotates and ends grants, each by one conditional UPDATE. No method hides a failing database: a code
/// whose redemption could not be written is still good.
/// </summary>
public sealed class Grants(PscDb db)
{
    private static readonly Func<PscDb, byte[], IAsyncEnumerable<LiveGrant>> ByCode = EF.CompileAsyncQuery(
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

    private static readonly Func<PscDb, Guid, IAsyncEnumerable<LiveGrant>> ById = EF.CompileAsyncQuery(
        (PscDb db, Guid id) =>
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
            });

    /// <summary>Whether a token was revoked alone.</summary>
    private static readonly Func<PscDb, Guid, Task<bool>> IsRevoked = EF.CompileAsyncQuery(
        (PscDb db, Guid jti) => db.RevokedTokens.Any(t => t.Jti == jti));

    public Task AddAsync(Grant grant, JournalEntry entry, CancellationToken ct)
    {
        db.Add(grant);
        db.Add(entry);
        return db.SaveChangesAsync(ct);
    }

    public async Task<LiveGrant?> FindByCodeAsync(string code, CancellationToken ct) =>
        await ByCode(db, SecretToken.HashOf(code)).FirstOrDefaultAsync(ct);

    public async Task<LiveGrant?> FindAsync(Guid id, CancellationToken ct) => await ById(db, id).FirstOrDefaultAsync(ct);

    public Task<bool> IsRevokedAsync(Guid jti) => IsRevoked(db, jti);

    /// <summary>Turns the code into tokens, once: true for one caller only.</summary>
    public async Task<bool> RedeemCodeAsync(Guid id, CancellationToken ct) =>
        await db.Grants.Where(g => g.Id == id && g.Status == GrantStatus.CodeIssued)
            .ExecuteUpdateAsync(set => set.SetProperty(g => g.Status, GrantStatus.Active), ct) == 1;

    /// <summary>Counts the generation of the refresh token on, once: true for one caller only.</summary>
    public async Task<bool> RotateAsync(Guid id, int generation, CancellationToken ct) =>
        await db.Grants.Where(g => g.Id == id && g.Status == GrantStatus.Active && g.Generation == generation)
            .ExecuteUpdateAsync(set => set.SetProperty(g => g.Generation, generation + 1), ct) == 1;

    /// <summary>Ends a grant and with it every token of it; the reason goes to the journal.</summary>
    public async Task EndAsync(Guid id, JournalEntry entry, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var ended = await db.Grants.Where(g => g.Id == id && g.Status != GrantStatus.Ended)
            .ExecuteUpdateAsync(set => set.SetProperty(g => g.Status, GrantStatus.Ended), ct);
        if (ended == 0) return;

        db.Add(entry);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>Revokes one access token and leaves its grant alone (RFC 7009).</summary>
    public async Task RevokeTokenAsync(Guid jti, DateTimeOffset expiresAt, JournalEntry entry, CancellationToken ct)
    {
        if (await IsRevoked(db, jti)) return;

        db.Add(new RevokedToken { Jti = jti, ExpiresAt = expiresAt });
        db.Add(entry);
        await db.SaveChangesAsync(ct);
    }
}
