using System.Buffers.Text;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Delivery;
using ProSanteConnect.Core.Devices;
using ProSanteConnect.Core.Journal;
using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Core.Security;

namespace ProSanteConnect.Core.Enrolment;

/// <summary>Completes activations: the phone registers its key, the holder chooses a PIN, and the e-CPS is active.</summary>
public sealed class ECpsActivation(
    PscDb db, ECpsDeactivation deactivation, DeviceTokens tokens, ECpsPins pins, PinHasher hasher, ECpsOptions options,
    IHolderNotifier notifier)
{
    /// <summary>Completes an activation. The holder's former e-CPS, if there is one, is replaced in the same transaction.</summary>
    /// <exception cref="ArgumentException">The phone's key was verified for another activation.</exception>
    public async Task<ActivateResult> ActivateAsync(
        Activation activation, EnrolledDevice device, string? pin, ClientContext phone, DateTimeOffset now, CancellationToken ct)
    {
        if (device.Activation != activation.Id) throw new ArgumentException("The phone's key was verified for another activation.", nameof(device));

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
    /// Issues a device token again to a phone that did not receive the answer to its activation. The caller presents
    /// the enrolment token, names the credential that it registered and knows the PIN, before the time for the enrolment is over.
    /// </summary>
    public async Task<ActivateResult> ResumeAsync(
        Activation completed, string credentialId, string? pin, ClientContext phone, DateTimeOffset now, CancellationToken ct)
    {
        if (completed is not { Status: ActivationStatus.Completed, ECpsId: { } id } || now >= completed.ExpiresAt) return new ActivateResult.Over();

        var eCps = await db.ECps.ReadAsync(id, ct);
        if (eCps is null || Base64Url.EncodeToString(eCps.CredentialId) != credentialId || eCps.DeviceTokenIssuedAt != eCps.ActivatedAt)
            return new ActivateResult.Over();
        if (!eCps.MayHavePin(pin)) return new ActivateResult.PinMalformed();
        if (await pins.VerifyAsync(eCps, pin, phone, now, ct) is not VerifyPinResult.Right) return new ActivateResult.Over();

        return await tokens.ReplaceFirstAsync(eCps, now, ct) is { } token
            ? new ActivateResult.Activated(eCps, token)
            : new ActivateResult.Over();
    }

    /// <summary>Checks a PIN against the policy, without consuming anything.</summary>
    public PinPolicyResult CheckPin(Activation activation, Practitioner holder, string? pin) =>
        new PinPolicy(options).Check(pin, [holder.NationalId, activation.CardNumber], holder.BirthDate);

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
            CredentialId = device.Key.CredentialId,
            PublicKey = device.Key.PublicKey,
            SignCount = device.Key.SignCount,
            IsBackupEligible = device.Key.IsBackupEligible,
            AttestationObject = device.Key.AttestationObject,
            AttestationFormat = device.Key.AttestationFormat,
            UserHandle = device.Key.UserHandle,
            PinHash = await hasher.HashAsync(id, pin, ct),
            PinLength = pin.Value.Length,
            DeviceTokenHash = token.Hash,
            DeviceTokenIssuedAt = now,
            DeviceTokenExpiresAt = options.DeviceTokenEnd(now, end),
        };

        await using var transaction = await db.Database.BeginTransactionAsync(ct);

        // Locks the holder's row first, so that the second of two parallel activations finds, and replaces, the e-CPS of the first.
        var listed = await db.Practitioners.Where(p => p.Id == practitioner.Id && p.DelistedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.DelistedAt, (DateTimeOffset?)null), ct);
        if (listed != 1 || !await CompleteAsync(activation, eCps, now, ct)) return new ActivateResult.Over();

        var active = ECpsLifeCycle.AllowedFrom(ECpsTrigger.Deactivate);
        var former = await db.ECps.AsNoTracking()
            .SingleOrDefaultAsync(e => e.PractitionerId == practitioner.Id && active.Contains(e.Status), ct);
        if (former is not null) await deactivation.DeactivateWithinAsync(former, DeactivationReason.Replaced, phone, actor: null, now, ct);

        db.Add(eCps);
        db.Journal.Record(
            JournalEvent.ECpsActivated, JournalOutcome.Success, now, phone, activation.Mode.ToString(), practitioner.Id);
        notifier.Activated(db, eCps, former, practitioner);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return new ActivateResult.Activated(eCps, token);
    }

    // Cancels the other activations of the holder: a QR code that is left in a mailbox must not replace the new e-CPS.
    private async Task<bool> CompleteAsync(Activation activation, ECps eCps, DateTimeOffset now, CancellationToken ct)
    {
        var completed = await db.Activations.MovableAt(ActivationTrigger.Complete, now).Where(a => a.Id == activation.Id).ExecuteUpdateAsync(
            set => set
                .SetProperty(a => a.Status, ActivationLifeCycle.Next(ActivationTrigger.Complete))
                .SetProperty(a => a.ECpsId, eCps.Id),
            ct);
        if (completed != 1) return false;

        await db.Activations.Where(a => a.PractitionerId == eCps.PractitionerId).EndAsync(ActivationTrigger.Cancel, ct);
        return true;
    }
}

/// <summary>The result of completing an activation.</summary>
public abstract record ActivateResult
{
    private ActivateResult() { }

    public sealed record Activated(ECps ECps, SecretToken DeviceToken) : ActivateResult;

    /// <summary>Nothing is consumed: the holder may choose another PIN.</summary>
    public sealed record PinTooSimple : ActivateResult;

    /// <summary>Nothing is consumed: the holder may choose another PIN.</summary>
    public sealed record PinMalformed : ActivateResult;

    /// <summary>The activation was completed or cancelled before, or has expired; or the directory no longer lists its holder.</summary>
    public sealed record Over : ActivateResult;
}
