using System.Buffers.Text;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Delivery;
using ProSanteConnect.Core.Enrolment;
using ProSanteConnect.Core.Journal;
using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Core.Security;
using ProSanteConnect.Core.SingleSignOn;

namespace ProSanteConnect.Core.Devices;

/// <summary>
/// Every e-CPS there is: activates, renews, deactivates and recognises them. What a deactivation takes away goes in its one
/// transaction; the row of the e-CPS is taken first, here and wherever the e-CPS is used.
/// </summary>
public sealed class ECpsRegister(
    PscDb db, Sessions sessions, PinHasher hasher, MasterKey masterKey, ECpsOptions options, IHolderNotifier? notifier = null)
{
    /// <summary>Completes an activation: its holder's former e-CPS, if any, is replaced in the same transaction.</summary>
    public async Task<ActivateResult> ActivateAsync(
        Activation activation, EnrolledDevice device, string? pin, ClientContext phone, DateTimeOffset now, CancellationToken ct)
    {
        var practitioner = await db.Practitioners.AsNoTracking().SingleAsync(p => p.Id == activation.PractitionerId, ct);
        return CheckPin(activation, practitioner, pin) switch
        {
            PinPolicyResult.Malformed => new ActivateResult.PinMalformed(),
            PinPolicyResult.TooSimple => new ActivateResult.PinTooSimple(),
            PinPolicyResult.Accepted accepted => await ActivateAsync(activation, device, accepted.Pin, practitioner, phone, now, ct),
            var other => throw new UnreachableException($"Policy {other}"),
        };
    }

    /// <summary>
    /// Gives a phone whose answer got lost its device token after all: to who still holds the enrolment token, names the key it
    /// registered and knows the PIN, while the enrolment's time is not over. The token that nobody received is dead.
    /// </summary>
    public async Task<ActivateResult> ResumeAsync(
        Activation completed, string credentialId, string? pin, ECpsPins pins, ClientContext phone, DateTimeOffset now, CancellationToken ct)
    {
        if (completed is not { Status: ActivationStatus.Completed, ECpsId: { } id } || now >= completed.ExpiresAt) return new ActivateResult.Over();

        var eCps = await FindAsync(id, ct);
        if (eCps is null || Base64Url.EncodeToString(eCps.CredentialId) != credentialId || eCps.DeviceTokenIssuedAt != eCps.ActivatedAt)
            return new ActivateResult.Over();
        if (!eCps.MayHavePin(pin)) return new ActivateResult.PinMalformed();
        if (await pins.VerifyAsync(eCps, pin, phone, now, ct) is not VerifyPinResult.Right) return new ActivateResult.Over();

        var (former, fresh) = (eCps.DeviceTokenHash, SecretToken.Generate());
        var hash = fresh.Hash;
        var given = await Movable(ECpsTrigger.Use, now)
            .Where(e => e.Id == id && e.DeviceTokenHash == former && e.PreviousDeviceTokenHash == null)
            .ExecuteUpdateAsync(set => set.SetProperty(e => e.DeviceTokenHash, hash), ct);
        return given == 1 ? new ActivateResult.Activated(eCps, fresh) : new ActivateResult.Over();
    }

    /// <summary>Says whether a PIN would do, before anything is consumed.</summary>
    public PinPolicyResult CheckPin(Activation activation, Practitioner holder, string? pin) =>
        new PinPolicy(options).Check(pin, [holder.NationalId, activation.CardNumber], holder.BirthDate);

    /// <summary>
    /// Deactivates an e-CPS and everything that stands on it: what it is being asked, the sessions it opened and their tokens.
    /// There is no way back.
    /// </summary>
    /// <param name="id">The e-CPS.</param>
    /// <param name="reason">What the holder, and whoever asks later, is told.</param>
    /// <param name="context">The browser or phone of the holder, when the holder acts.</param>
    /// <param name="actor">The operator or the job, when another acts.</param>
    /// <param name="now">The instant.</param>
    /// <param name="ct">Ends the work.</param>
    public async Task<DeactivateResult> DeactivateAsync(
        Guid id, DeactivationReason reason, ClientContext? context, string? actor, DateTimeOffset now, CancellationToken ct)
    {
        var eCps = await FindAsync(id, ct);
        if (eCps is null) return new DeactivateResult.Unknown();

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (!await DeactivateWithinAsync(eCps, reason, context, actor, now, ct))
        {
            var (former, since) = await db.InactivityAsync(id, now, ct);
            return new DeactivateResult.AlreadyInactive(former, since);
        }

        var practitioner = await db.Practitioners.AsNoTracking().SingleAsync(p => p.Id == eCps.PractitionerId, ct);
        notifier?.Deactivated(db, eCps, reason, now, practitioner);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return new DeactivateResult.Deactivated(reason, now);
    }

    /// <summary>
    /// Deactivates the e-CPS of who the directory no longer lists, so that none comes back when its holder is listed again.
    /// Until this has run they are good for nothing either.
    /// </summary>
    /// <returns>How many there were.</returns>
    public async Task<int> DeactivateDelistedAsync(string actor, DateTimeOffset now, CancellationToken ct)
    {
        var delisted = await (
            from eCps in db.ECps
            join practitioner in db.Practitioners on eCps.PractitionerId equals practitioner.Id
            where eCps.Status == ECpsStatus.Active && practitioner.DelistedAt != null
            select eCps.Id).ToListAsync(ct);
        foreach (var id in delisted) await DeactivateAsync(id, DeactivationReason.Delisted, context: null, actor, now, ct);
        return delisted.Count;
    }

    /// <summary>Another validity from now on, near the end of the present one; the caller has verified key and PIN.</summary>
    public async Task<RenewResult> RenewAsync(ECps eCps, ClientContext phone, DateTimeOffset now, CancellationToken ct)
    {
        if (!IsRenewableAt(eCps, now) && eCps.IsActiveAt(now)) return new RenewResult.TooEarly(eCps.ExpiresAt - options.RenewalWindow);

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var end = now.AddYears(options.ValidityYears);
        var tokenEnd = TokenEnd(now, end);
        var threshold = now + options.RenewalWindow;
        var renewed = await Movable(ECpsTrigger.Renew, now)
            .Where(e => e.Id == eCps.Id && e.ExpiresAt <= threshold)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(e => e.ExpiresAt, end)
                    .SetProperty(e => e.DeviceTokenExpiresAt, tokenEnd)
                    .SetProperty(e => e.LastReminder, 0),
                ct);
        if (renewed != 1) return await NotRenewedAsync(eCps.Id, now, ct);

        var present = (await FindAsync(eCps.Id, ct))!;
        var practitioner = await db.Practitioners.AsNoTracking().SingleAsync(p => p.Id == eCps.PractitionerId, ct);
        db.Journal.Record(JournalEvent.ECpsRenewed, JournalOutcome.Success, now, phone, practitionerId: eCps.PractitionerId);
        notifier?.Renewed(db, present, now, practitioner);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return new RenewResult.Renewed(present);
    }

    public bool IsRenewableAt(ECps eCps, DateTimeOffset now) => eCps.IsActiveAt(now) && now >= eCps.ExpiresAt - options.RenewalWindow;

    public Task<ECps?> FindAsync(Guid id, CancellationToken ct) => db.ECps.AsNoTracking().SingleOrDefaultAsync(e => e.Id == id, ct);

    /// <summary>The present e-CPS of a practitioner, else the one that was active last.</summary>
    public Task<ECps?> FindLatestAsync(long practitionerId, CancellationToken ct) => db.ECps.AsNoTracking()
        .Where(e => e.PractitionerId == practitionerId)
        .OrderByDescending(e => e.DeactivatedAt == null)
        .ThenByDescending(e => e.ActivatedAt)
        .FirstOrDefaultAsync(ct);

    /// <summary>Whose a device token is. A new token that is presented for the first time ends the one before it.</summary>
    public async Task<DeviceTokenResult> FindByDeviceTokenAsync(string? token, DateTimeOffset now, CancellationToken ct)
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
        {
            return new DeviceTokenResult.Inactive(found.ECps, inactive.Reason, inactive.Since);
        }

        if (now >= found.ECps.DeviceTokenExpiresAt) return new DeviceTokenResult.Unknown();

        if (found.ECps.PreviousDeviceTokenHash is not null && found.ECps.DeviceTokenHash.AsSpan().SequenceEqual(hash))
        {
            await db.ECps.Where(e => e.Id == found.ECps.Id && e.DeviceTokenHash == hash)
                .ExecuteUpdateAsync(set => set.SetProperty(e => e.PreviousDeviceTokenHash, (byte[]?)null), ct);
        }

        return new DeviceTokenResult.Active(found.ECps);
    }

    /// <summary>Gives the phone a new token. The presented one holds until the new one is first presented.</summary>
    public async Task<RotateDeviceTokenResult> RotateDeviceTokenAsync(string token, DateTimeOffset now, CancellationToken ct)
    {
        switch (await FindByDeviceTokenAsync(token, now, ct))
        {
            case DeviceTokenResult.Inactive inactive:
                return new RotateDeviceTokenResult.Inactive(inactive.Reason, inactive.Since);
            case DeviceTokenResult.Active { ECps: var eCps }:
                var (former, fresh) = (SecretToken.HashOf(token), SecretToken.Generate());
                var (hash, end) = (fresh.Hash, TokenEnd(now, eCps.ExpiresAt));
                var rotated = await Movable(ECpsTrigger.Use, now)
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

    /// <summary>Moves the authenticator's signature counter on (WebAuthn, section 7.2, step 22); false when it went back, as a copied key's does.</summary>
    public async Task<bool> CountSignatureAsync(Guid id, long signCount, CancellationToken ct) =>
        await db.ECps
            .Where(e => e.Id == id && (e.SignCount < signCount || (e.SignCount == 0 && signCount == 0)))
            .ExecuteUpdateAsync(set => set.SetProperty(e => e.SignCount, signCount), ct) == 1;

    /// <summary>Keeps where to push to; null ends the subscription.</summary>
    public async Task SubscribeAsync(Guid id, PushSubscription? subscription, CancellationToken ct)
    {
        (byte[]? endpoint, byte[]? key, byte[]? auth) = subscription?.Seal(masterKey) ?? default;
        await db.ECps.Where(e => e.Id == id && e.Status == ECpsStatus.Active).ExecuteUpdateAsync(
            set => set.SetProperty(e => e.PushEndpoint, endpoint).SetProperty(e => e.PushKey, key).SetProperty(e => e.PushAuth, auth), ct);
    }

    /// <summary>Ends a subscription that the push service says is gone, unless the phone has made another meanwhile.</summary>
    public async Task ForgetSubscriptionAsync(PushAddress gone, CancellationToken ct)
    {
        var eCps = await FindAsync(gone.ECpsId, ct);
        if (eCps is null || PushSubscription.Of(eCps, masterKey)?.Endpoint != gone.Endpoint) return;

        var present = eCps.PushEndpoint;
        await db.ECps.Where(e => e.Id == eCps.Id && e.PushEndpoint == present).ExecuteUpdateAsync(
            set => set
                .SetProperty(e => e.PushEndpoint, (byte[]?)null)
                .SetProperty(e => e.PushKey, (byte[]?)null)
                .SetProperty(e => e.PushAuth, (byte[]?)null),
            ct);
    }

    private async Task<ActivateResult> ActivateAsync(
        Activation activation, EnrolledDevice device, NewPin pin, Practitioner practitioner, ClientContext phone, DateTimeOffset now,
        CancellationToken ct)
    {
        var id = Guid.NewGuid();
        var token = SecretToken.Generate();
        var end = now.AddYears(options.ValidityYears);
        var eCps = new ECps
        {
            Id = id,
            PractitionerId = practitioner.Id,
            NationalId = practitioner.NationalId,
            ActivatedAt = now,
            ExpiresAt = end,
            Mode = activation.Mode,
            DeviceName = device.DeviceName,
            OperatingSystem = device.OperatingSystem,
            AppVersion = device.AppVersion,
            ConditionsVersion = device.ConditionsVersion,
            CredentialId = device.CredentialId,
            PublicKey = device.PublicKey,
            SignCount = device.SignCount,
            IsBackupEligible = device.IsBackupEligible,
            AttestationObject = device.AttestationObject,
            AttestationFormat = device.AttestationFormat,
            UserHandle = device.UserHandle,
            PinHash = await hasher.HashAsync(id, pin, ct),
            PinLength = pin.Value.Length,
            DeviceTokenHash = token.Hash,
            DeviceTokenIssuedAt = now,
            DeviceTokenExpiresAt = TokenEnd(now, end),
        };

        await using var transaction = await db.Database.BeginTransactionAsync(ct);

        // The holder's row is taken first, so that of two activations at once the second finds, and replaces, the first.
        var listed = await db.Practitioners.Where(p => p.Id == practitioner.Id && p.DelistedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.DelistedAt, (DateTimeOffset?)null), ct);
        if (listed != 1 || !await CompleteAsync(activation, eCps, now, ct)) return new ActivateResult.Over();

        var former = await db.ECps.AsNoTracking()
            .SingleOrDefaultAsync(e => e.PractitionerId == practitioner.Id && e.Status == ECpsStatus.Active, ct);
        if (former is not null) await DeactivateWithinAsync(former, DeactivationReason.Replaced, phone, actor: null, now, ct);

        db.Add(eCps);
        db.Journal.Record(
            JournalEvent.ECpsActivated, JournalOutcome.Success, now, phone, activation.Mode.ToString(), practitioner.Id);
        notifier?.Activated(db, eCps, former, practitioner);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return new ActivateResult.Activated(eCps, token);
    }

    // The other activations of the holder end with this one: a QR code left in a mailbox replaces nothing any more.
    private async Task<bool> CompleteAsync(Activation activation, ECps eCps, DateTimeOffset now, CancellationToken ct)
    {
        var confirmed = ActivationLifeCycle.AllowedFrom(ActivationTrigger.Complete);
        var open = ActivationLifeCycle.AllowedFrom(ActivationTrigger.Cancel);
        var completed = await db.Activations
            .Where(a => a.Id == activation.Id && a.ExpiresAt > now && confirmed.Contains(a.Status))
            .ExecuteUpdateAsync(
                set => set.SetProperty(a => a.Status, ActivationStatus.Completed).SetProperty(a => a.ECpsId, eCps.Id), ct);
        if (completed != 1) return false;

        await db.Activations
            .Where(a => a.PractitionerId == eCps.PractitionerId && open.Contains(a.Status))
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.Status, ActivationStatus.Cancelled), ct);
        return true;
    }

    private async Task<bool> DeactivateWithinAsync(
        ECps eCps, DeactivationReason reason, ClientContext? context, string? actor, DateTimeOffset now, CancellationToken ct)
    {
        var active = ECpsLifeCycle.AllowedFrom(ECpsTrigger.Deactivate);
        var deactivated = await db.ECps.Where(e => e.Id == eCps.Id && active.Contains(e.Status)).ExecuteUpdateAsync(
            set => set
                .SetProperty(e => e.Status, ECpsStatus.Inactive)
                .SetProperty(e => e.DeactivationReason, reason)
                .SetProperty(e => e.DeactivatedAt, now)
                .SetProperty(e => e.PushEndpoint, (byte[]?)null)
                .SetProperty(e => e.PushKey, (byte[]?)null)
                .SetProperty(e => e.PushAuth, (byte[]?)null),
            ct);
        if (deactivated != 1) return false;

        var pending = ApprovalLifeCycle.AllowedFrom(ApprovalTrigger.Cancel);
        await db.ApprovalRequests.Where(a => a.ECpsId == eCps.Id && pending.Contains(a.Status)).ExecuteUpdateAsync(
            set => set.SetProperty(a => a.Status, ApprovalStatus.Cancelled).SetProperty(a => a.ChangedAt, now), ct);
        await sessions.EndOfECpsAsync(eCps.Id, context, now, ct);
        db.Journal.Record(
            JournalEvent.ECpsDeactivated, JournalOutcome.Success, now, context, reason.ToString(), eCps.PractitionerId, actor: actor);
        return true;
    }

    private async Task<RenewResult> NotRenewedAsync(Guid id, DateTimeOffset now, CancellationToken ct)
    {
        // Two calls at once: the e-CPS that the first has renewed is what the second asked for.
        var present = (await FindAsync(id, ct))!;
        if (present.IsActiveAt(now)) return new RenewResult.Renewed(present);

        var (reason, since) = await db.InactivityAsync(id, now, ct);
        return new RenewResult.Inactive(reason, since);
    }

    private DateTimeOffset TokenEnd(DateTimeOffset now, DateTimeOffset eCpsEnd)
    {
        var end = now + options.DeviceTokenLifetime;
        return end < eCpsEnd ? end : eCpsEnd;
    }

    private IQueryable<ECps> Movable(ECpsTrigger trigger, DateTimeOffset now)
    {
        var allowedFrom = ECpsLifeCycle.AllowedFrom(trigger);
        return db.ECps.Where(e => allowedFrom.Contains(e.Status) && e.ExpiresAt > now);
    }
}
