using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Security;

namespace ProSanteConnect.Core.Devices;

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

/// <summary>The server's half of a WebAuthn ceremony, kept between the challenge and its answer.</summary>
public sealed class Ceremony
{
    public required Guid Id { get; init; }
    public required CeremonyPurpose Purpose { get; init; }

    /// <summary>The activation or the e-CPS that the challenge was given to.</summary>
    public required Guid Subject { get; init; }

    /// <summary>The state of the ceremony and what it is bound to, sealed under a key of this row alone.</summary>
    public required byte[] SealedState { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>What a WebAuthn challenge was made for; its answer is good for nothing else.</summary>
public enum CeremonyPurpose
{
    /// <summary>Registers the phone's key; the subject is the activation.</summary>
    Enrol,

    /// <summary>Approves a sign-in; the subject is the e-CPS, the bound text names request and number.</summary>
    Approve,

    Delete,
    ForgottenPin,
    Renew,
}

/// <summary>What came of fetching the server's half of a ceremony.</summary>
public abstract record RedeemCeremonyResult
{
    private RedeemCeremonyResult() { }

    /// <param name="Purpose">What the challenge was made for.</param>
    /// <param name="State">The text that the WebAuthn library asked to keep.</param>
    /// <param name="Bound">What the challenge commits to, as it was told when it was made.</param>
    public sealed record Redeemed(CeremonyPurpose Purpose, string State, string Bound) : RedeemCeremonyResult;

    /// <summary>Another subject's, another purpose, too late, or fetched before.</summary>
    public sealed record Unknown : RedeemCeremonyResult;
}
