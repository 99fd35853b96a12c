using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Security;

namespace ProSanteConnect.Core.Devices;

/// <summary>Stores the server's state of WebAuthn ceremonies. It can be fetched once, by the subject and for the purpose it was made for.</summary>
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

    /// <summary>Fetches and deletes the ceremony: one of any number of callers gets it, and it is gone even when the phone's answer is refused.</summary>
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

    /// <summary>
    /// Redeems the ceremony of an enrolment and verifies the phone's answer with its state. This is the only way to make an
    /// <see cref="EnrolledDevice"/>.
    /// </summary>
    /// <param name="id">The ceremony.</param>
    /// <param name="activation">The activation that it was opened for.</param>
    /// <param name="verify">Verifies the phone's answer (WebAuthn, section 7.1), given the stored state; null when it is refused.</param>
    /// <param name="now">The instant.</param>
    /// <param name="ct">Cancels the work.</param>
    /// <returns>Null when the ceremony is unknown, expired or redeemed, or the answer was refused.</returns>
    public async Task<EnrolledDevice?> EnrolAsync(
        Guid id, Guid activation, Func<string, Task<DeviceKey?>> verify, DateTimeOffset now, CancellationToken ct) =>
        await RedeemAsync(id, activation, [CeremonyPurpose.Enrol], now, ct) is RedeemCeremonyResult.Redeemed ceremony
        && await verify(ceremony.State) is { } key
            ? new EnrolledDevice(activation, key)
            : null;

    /// <summary>
    /// Stores the authenticator's signature counter (WebAuthn, section 7.2, step 22); false when it did not increase, which
    /// indicates a copied key.
    /// </summary>
    public async Task<bool> CountSignatureAsync(Guid eCps, long signCount, CancellationToken ct) =>
        await db.ECps
            .Where(e => e.Id == eCps && (e.SignCount < signCount || (e.SignCount == 0 && signCount == 0)))
            .ExecuteUpdateAsync(set => set.SetProperty(e => e.SignCount, signCount), ct) == 1;

    // Each row has a key of its own: a state that is moved to another row cannot be opened.
    private static string KeyOf(Guid id) => $"ceremony:{id}";

    private sealed record Content(string State, string Bound);
}

/// <summary>The server's state of a WebAuthn ceremony, stored between the challenge and its answer.</summary>
public sealed class Ceremony
{
    public required Guid Id { get; init; }
    public required CeremonyPurpose Purpose { get; init; }

    /// <summary>The activation or the e-CPS that received the challenge.</summary>
    public required Guid Subject { get; init; }

    /// <summary>The state of the ceremony and the bound text, sealed under a key of this row.</summary>
    public required byte[] SealedState { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>The purpose of a WebAuthn challenge; its answer is refused for any other purpose.</summary>
public enum CeremonyPurpose
{
    /// <summary>Registers the phone's key; the subject is the activation.</summary>
    Enrol,

    /// <summary>Approves a sign-in; the subject is the e-CPS, the bound text names request and number.</summary>
    Approve,

    Delete,
    ForgottenPin,
    Renew,

    /// <summary>Ends the freeze after "ce n'est pas moi".</summary>
    LiftFreeze,
}

/// <summary>The result of <see cref="Ceremonies.RedeemAsync"/>.</summary>
public abstract record RedeemCeremonyResult
{
    private RedeemCeremonyResult() { }

    /// <param name="Purpose">The purpose of the challenge.</param>
    /// <param name="State">The state that the WebAuthn library asked to keep.</param>
    /// <param name="Bound">The text that was bound to the challenge when it was made.</param>
    public sealed record Redeemed(CeremonyPurpose Purpose, string State, string Bound) : RedeemCeremonyResult;

    /// <summary>It belongs to another subject or purpose, has expired, or was redeemed before.</summary>
    public sealed record Unknown : RedeemCeremonyResult;
}

/// <summary>The public half of a key that a phone has made, with what its authenticator reports.</summary>
public sealed record DeviceKey
{
    public required byte[] CredentialId { get; init; }

    /// <summary>In COSE form.</summary>
    public required byte[] PublicKey { get; init; }

    public long SignCount { get; init; }
    public bool IsBackupEligible { get; init; }
    public required byte[] UserHandle { get; init; }
    public byte[]? AttestationObject { get; init; }
    public string AttestationFormat { get; init; } = "none";
}

/// <summary>A phone whose new key was verified for one activation; made by <see cref="Ceremonies.EnrolAsync"/> only.</summary>
public sealed record EnrolledDevice
{
    internal EnrolledDevice(Guid activation, DeviceKey key) => (Activation, Key) = (activation, key);

    /// <summary>The activation whose challenge the phone answered.</summary>
    public Guid Activation { get; }

    public DeviceKey Key { get; }

    public string DeviceName { get; init; } = "";
    public string OperatingSystem { get; init; } = "";
    public string AppVersion { get; init; } = "";
    public string ConditionsVersion { get; init; } = "";
}
