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
    private readonly GrantQueries _queries = GrantQueries.For(db);

    public Task AddAsync(Grant grant, JournalEntry entry, CancellationToken ct)
    {
        db.Add(grant);
        db.Add(entry);
        return db.SaveChangesAsync(ct);
    }

    public async Task<LiveGrant?> FindByCodeAsync(string code, CancellationToken ct) =>
        await _queries.ByCode(db, SecretToken.HashOf(code)).FirstOrDefaultAsync(ct);

    /// <summary>The grant that a token belongs to, and whether the token was revoked alone.</summary>
    public async Task<LiveGrant?> FindAsync(Guid id, Guid jti, CancellationToken ct) =>
        await _queries.ById(db, id, jti).FirstOrDefaultAsync(ct);

    public Task<bool> IsRevokedAsync(Guid jti) => _queries.IsRevoked(db, jti);

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
        if (await _queries.IsRevoked(db, jti)) return;

        db.Add(new RevokedToken { Jti = jti, ExpiresAt = expiresAt });
        db.Add(entry);
        await db.SaveChangesAsync(ct);
    }
}
