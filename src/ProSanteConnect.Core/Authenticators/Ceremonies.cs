using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Keys;

namespace ProSanteConnect.Core.Authenticators;

/// <summary>Keeps the server's half of WebAuthn ceremonies: each is fetched once, by the subject and for the purpose it was made for.</summary>
public sealed class Ceremonies(PscDb db, MasterKey masterKey, ECpsOptions options)
{
    public async Task<Guid> OpenAsync(
        CeremonyPurpose purpose, Guid subject, string state, string bound, DateTimeOffset now, CancellationToken ct)
    {
        var id = Guid.NewGuid();
        db.Add(new Ceremony
        {
            Id = id,
            Purpose = purpose,
            Subject = subject,
            SealedState = masterKey.Seal(KeyOf(id), JsonSerializer.SerializeToUtf8Bytes(new Content(state, bound))),
            ExpiresAt = now + options.CeremonyLifetime,
        });
        await db.SaveChangesAsync(ct);
        return id;
    }

    /// <summary>Fetches the ceremony and forgets it: of any number of callers one gets it, and it is gone whatever its answer is worth.</summary>
    public async Task<RedeemCeremonyResult> RedeemAsync(
        Guid id, Guid subject, IReadOnlyList<CeremonyPurpose> purposes, DateTimeOffset now, CancellationToken ct)
    {
        var ceremony = await db.Ceremonies.AsNoTracking()
            .SingleOrDefaultAsync(c => c.Id == id && c.Subject == subject && purposes.Contains(c.Purpose) && c.ExpiresAt > now, ct);
        if (ceremony is null || await db.Ceremonies.Where(c => c.Id == id).ExecuteDeleteAsync(ct) != 1)
        {
            return new RedeemCeremonyResult.Unknown();
        }

        var content = JsonSerializer.Deserialize<Content>(masterKey.Open(KeyOf(id), ceremony.SealedState))!;
        return new RedeemCeremonyResult.Redeemed(ceremony.Purpose, content.State, content.Bound);
    }

    // A key of this row alone: a state that is moved to another row does not open.
    private static string KeyOf(Guid id) => $"ceremony:{id}";

    private sealed record Content(string State, string Bound);
}
