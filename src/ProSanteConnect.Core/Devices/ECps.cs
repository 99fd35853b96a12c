using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;

namespace ProSanteConnect.Core.Devices;

/// <summary>
/// A health professional's electronic identity on one phone: the key that the phone keeps (a WebAuthn credential), the PIN
/// that the holder keeps, and the token by which the phone is recognised.
/// </summary>
public sealed class ECps
{
    public required Guid Id { get; init; }
    public required long PractitionerId { get; init; }

    /// <summary>A copy of the practitioner's, which saves the phone's requests a join.</summary>
    public required string NationalId { get; init; }

    public ECpsStatus Status { get; private set; }
    public DeactivationReason? DeactivationReason { get; private set; }
    public DateTimeOffset? DeactivatedAt { get; private set; }
    public required DateTimeOffset ActivatedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>How it was activated.</summary>
    public required ActivationMode Mode { get; init; }

    /// <summary>The name that the holder gave to the phone.</summary>
    public string DeviceName { get; init; } = "";

    public string OperatingSystem { get; init; } = "";
    public string AppVersion { get; init; } = "";

    /// <summary>The conditions of use that the holder accepted.</summary>
    public string ConditionsVersion { get; init; } = "";

    public required byte[] CredentialId { get; init; }

    /// <summary>The credential's public key, in COSE form.</summary>
    public required byte[] PublicKey { get; init; }

    /// <summary>The authenticator's signature counter, if it keeps one.</summary>
    public long SignCount { get; init; }

    /// <summary>Whether the authenticator may copy the key to the holder's other devices (WebAuthn's flag BE); it never changes.</summary>
    public bool IsBackupEligible { get; init; }

    public byte[]? AttestationObject { get; init; }
    public string AttestationFormat { get; init; } = "none";

    /// <summary>WebAuthn's user.id: random for each enrolment.</summary>
    public required byte[] UserHandle { get; init; }

    /// <summary>The PIN as <see cref="PinHasher"/> writes it.</summary>
    public required string PinHash { get; init; }

    /// <summary>The number of digits of the PIN.</summary>
    public int PinLength { get; init; } = 4;

    /// <summary>The number of tries since the last right PIN, those in progress included.</summary>
    public int PinFailures { get; private set; }

    public DateTimeOffset? LastUsedAt { get; private set; }

    /// <summary>SHA-256 of the token that the phone presents.</summary>
    public required byte[] DeviceTokenHash { get; init; }

    /// <summary>SHA-256 of the previous token, which stays valid until the first use of the new one, because the answer with the new one may be lost.</summary>
    public byte[]? PreviousDeviceTokenHash { get; private set; }

    public required DateTimeOffset DeviceTokenIssuedAt { get; init; }
    public required DateTimeOffset DeviceTokenExpiresAt { get; init; }

    /// <summary>The push address (RFC 8030), sealed: anybody who knows it can send to it.</summary>
    public byte[]? PushEndpoint { get; private set; }

    /// <summary>The subscription's public key (p256dh of RFC 8291), sealed.</summary>
    public byte[]? PushKey { get; private set; }

    /// <summary>The subscription's secret (auth of RFC 8291), sealed.</summary>
    public byte[]? PushAuth { get; private set; }

    /// <summary>The last reminder that was sent, as days before the end (60, 30, 7); 0 for none.</summary>
    public int LastReminder { get; private set; }

    public bool IsActiveAt(DateTimeOffset now) => Status == ECpsStatus.Active && now < ExpiresAt;

    /// <summary>Whether a text has the form of its PIN; a text that has not costs no try.</summary>
    public bool MayHavePin([NotNullWhen(true)] string? text) => text is not null && text.Length == PinLength && text.All(char.IsAsciiDigit);

    /// <summary>Reason and time of deactivation, expiry and delisting included; null while the e-CPS can be used.</summary>
    /// <param name="now">The instant.</param>
    /// <param name="delistedAt">When the directory stopped listing the holder, if it did.</param>
    public (DeactivationReason Reason, DateTimeOffset Since)? InactivityAt(DateTimeOffset now, DateTimeOffset? delistedAt) => this switch
    {
        { DeactivationReason: { } reason, DeactivatedAt: { } since } => (reason, since),
        _ when delistedAt is { } since => (Devices.DeactivationReason.Delisted, since),
        _ when now >= ExpiresAt => (Devices.DeactivationReason.Expired, ExpiresAt),
        _ => null,
    };
}

/// <summary>The queries and conditional updates that several services share.</summary>
public static class ECpsQueries
{
    public static Task<ECps?> ReadAsync(this DbSet<ECps> all, Guid id, CancellationToken ct) =>
        all.AsNoTracking().SingleOrDefaultAsync(e => e.Id == id, ct);

    /// <summary>The active e-CPS of a practitioner, else the one that was activated last.</summary>
    public static Task<ECps?> FindLatestAsync(this DbSet<ECps> all, long practitionerId, CancellationToken ct) => all.AsNoTracking()
        .Where(e => e.PractitionerId == practitionerId)
        .OrderByDescending(e => e.DeactivatedAt == null)
        .ThenByDescending(e => e.ActivatedAt)
        .FirstOrDefaultAsync(ct);

    /// <summary>
    /// Locks the row of an active e-CPS for the rest of the transaction, so that a parallel deactivation waits. False when the
    /// e-CPS is not active.
    /// </summary>
    internal static async Task<bool> HoldAsync(this DbSet<ECps> all, Guid id, DateTimeOffset now, CancellationToken ct) =>
        await all.UsableAt(now).Where(e => e.Id == id)
            .ExecuteUpdateAsync(set => set.SetProperty(e => e.Status, ECpsLifeCycle.Next(ECpsTrigger.Use)), ct) == 1;

    /// <summary>Does the same as <see cref="HoldAsync"/>, and records the time of use.</summary>
    internal static async Task<bool> UseAsync(this DbSet<ECps> all, Guid id, DateTimeOffset now, CancellationToken ct) =>
        await all.UsableAt(now).Where(e => e.Id == id)
            .ExecuteUpdateAsync(set => set.SetProperty(e => e.LastUsedAt, now), ct) == 1;

    internal static IQueryable<ECps> UsableAt(this IQueryable<ECps> all, DateTimeOffset now) => all.MovableAt(ECpsTrigger.Use, now);

    internal static IQueryable<ECps> MovableAt(this IQueryable<ECps> all, ECpsTrigger trigger, DateTimeOffset now)
    {
        var allowedFrom = ECpsLifeCycle.AllowedFrom(trigger);
        return all.Where(e => allowedFrom.Contains(e.Status) && e.ExpiresAt > now);
    }

    /// <summary>Reason and time of deactivation.</summary>
    /// <exception cref="InvalidOperationException">The e-CPS is active, or unknown.</exception>
    internal static async Task<(DeactivationReason Reason, DateTimeOffset Since)> InactivityAsync(
        this PscDb db, Guid id, DateTimeOffset now, CancellationToken ct)
    {
        var found = await (
            from eCps in db.ECps.AsNoTracking()
            join practitioner in db.Practitioners.AsNoTracking() on eCps.PractitionerId equals practitioner.Id
            where eCps.Id == id
            select new { ECps = eCps, practitioner.DelistedAt }).SingleOrDefaultAsync(ct);
        return found?.ECps.InactivityAt(now, found.DelistedAt)
            ?? throw new InvalidOperationException($"The e-CPS {id} is active or unknown: it has no reason of deactivation.");
    }
}

/// <summary>How the holder of an activation proves who they are.</summary>
public enum ActivationMode
{
    /// <summary>By a card on the computer (A1–A10).</summary>
    Card,

    /// <summary>By the mail address and the telephone number that the directory holds (B1–B9).</summary>
    ContactDetails,
}

public static class ActivationModeCodes
{
    /// <summary>The code of the API; its meaning never changes.</summary>
    public static string Code(this ActivationMode mode) => mode == ActivationMode.Card ? "card" : "contact_details";
}
