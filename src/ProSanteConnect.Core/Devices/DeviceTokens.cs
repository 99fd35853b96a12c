using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Security;

namespace ProSanteConnect.Core.Devices;

/// <summary>Recognises phones by their device tokens, and rotates the tokens.</summary>
public sealed class DeviceTokens(PscDb db, ECpsOptions options)
{
    /// <summary>Finds the e-CPS of a device token. The first use of a rotated token ends the one before it.</summary>
    public async Task<DeviceTokenResult> FindAsync(string? token, DateTimeOffset now, CancellationToken ct)
    {
        if (string.IsNullOrEmpty(token)) return new DeviceTokenResult.Unknown();

        var hash = SecretToken.HashOf(token);
        var found = await (
            from eCps in db.ECps.AsNoTracking()
            join practitioner in db.Practitioners.AsNoTracking() on eCps.PractitionerId equals practitioner.Id
            where eCps.DeviceTokenHash == hash || eCps.PreviousDeviceTokenHash == hash
            select new { ECps = eCps, practitioner.DelistedAt }).SingleOrDefaultAsync(ct);
        if (found is null) return new DeviceTokenResult.Unknown();
        if (found.ECps.InactivityAt(now, found.DelistedAt) is { } inactive)
            return new DeviceTokenResult.Inactive(found.ECps, inactive.Reason, inactive.Since);

        if (now >= found.ECps.DeviceTokenExpiresAt) return new DeviceTokenResult.Unknown();

        if (found.ECps.PreviousDeviceTokenHash is not null && found.ECps.DeviceTokenHash.AsSpan().SequenceEqual(hash))
        {
            await db.ECps.Where(e => e.Id == found.ECps.Id && e.DeviceTokenHash == hash)
                .ExecuteUpdateAsync(set => set.SetProperty(e => e.PreviousDeviceTokenHash, (byte[]?)null), ct);
        }

        return new DeviceTokenResult.Active(found.ECps);
    }

    /// <summary>Issues a new token. The presented one stays valid until the first use of the new one.</summary>
    public async Task<RotateDeviceTokenResult> RotateAsync(string token, DateTimeOffset now, CancellationToken ct)
    {
        switch (await FindAsync(token, now, ct))
        {
            case DeviceTokenResult.Inactive inactive:
                return new RotateDeviceTokenResult.Inactive(inactive.Reason, inactive.Since);
            case DeviceTokenResult.Active { ECps: var eCps }:
                var (former, fresh) = (SecretToken.HashOf(token), SecretToken.Generate());
                var (hash, end) = (fresh.Hash, options.DeviceTokenEnd(now, eCps.ExpiresAt));
                var rotated = await db.ECps.UsableAt(now)
                    .Where(e => e.Id == eCps.Id && (e.DeviceTokenHash == former || e.PreviousDeviceTokenHash == former))
                    .ExecuteUpdateAsync(
                        set => set
                            .SetProperty(e => e.PreviousDeviceTokenHash, former)
                            .SetProperty(e => e.DeviceTokenHash, hash)
                            .SetProperty(e => e.DeviceTokenIssuedAt, now)
                            .SetProperty(e => e.DeviceTokenExpiresAt, end),
                        ct);
                return rotated == 1 ? new RotateDeviceTokenResult.Rotated(fresh, end) : new RotateDeviceTokenResult.Unknown();
            default:
                return new RotateDeviceTokenResult.Unknown();
        }
    }

    /// <summary>
    /// Replaces the token of an activation whose answer the phone did not receive; the lost token is no longer valid. Null when
    /// the token was rotated since <paramref name="eCps"/> was read, or the e-CPS is no longer active.
    /// </summary>
    internal async Task<SecretToken?> ReplaceFirstAsync(ECps eCps, DateTimeOffset now, CancellationToken ct)
    {
        var (former, fresh) = (eCps.DeviceTokenHash, SecretToken.Generate());
        var hash = fresh.Hash;
        var replaced = await db.ECps.UsableAt(now)
            .Where(e => e.Id == eCps.Id && e.DeviceTokenHash == former && e.PreviousDeviceTokenHash == null)
            .ExecuteUpdateAsync(set => set.SetProperty(e => e.DeviceTokenHash, hash), ct);
        return replaced == 1 ? fresh : null;
    }
}

/// <summary>The result of <see cref="DeviceTokens.FindAsync"/>.</summary>
public abstract record DeviceTokenResult
{
    private DeviceTokenResult() { }

    public sealed record Active(ECps ECps) : DeviceTokenResult;

    /// <summary>The token is recognised, but its e-CPS is inactive: the caller tells the phone why.</summary>
    public sealed record Inactive(ECps ECps, DeactivationReason Reason, DateTimeOffset Since) : DeviceTokenResult;

    public sealed record Unknown : DeviceTokenResult;
}

/// <summary>The result of <see cref="DeviceTokens.RotateAsync"/>.</summary>
public abstract record RotateDeviceTokenResult
{
    private RotateDeviceTokenResult() { }

    public sealed record Rotated(SecretToken Token, DateTimeOffset ExpiresAt) : RotateDeviceTokenResult;

    public sealed record Inactive(DeactivationReason Reason, DateTimeOffset Since) : RotateDeviceTokenResult;

    public sealed record Unknown : RotateDeviceTokenResult;
}
