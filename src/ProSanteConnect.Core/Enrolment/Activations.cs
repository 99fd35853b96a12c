using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Delivery;
using ProSanteConnect.Core.Devices;
using ProSanteConnect.Core.Journal;
using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Core.Security;
using ProSanteConnect.Core.SingleSignOn;

namespace ProSanteConnect.Core.Enrolment;

/// <summary>
/// Takes an activation from the QR code to the right to register a phone; <see cref="ECpsActivation"/> completes it. Each step
/// is one conditional UPDATE: of any number of parallel calls on any number of nodes one succeeds.
/// </summary>
public sealed partial class Activations(PscDb db, MasterKey masterKey, ActivationOptions options, IHolderNotifier notifier)
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>The seconds that <c>slow_down</c> adds to the polling interval (RFC 8628, section 3.5).</summary>
    private const int SlowDownSeconds = 5;

    /// <summary>Opens an activation for a session that a card has just opened, and cancels the former activations of that session.</summary>
    public async Task<OpenActivationResult> OpenForCardAsync(Session session, ClientContext browser, DateTimeOffset now, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Activations.Where(a => a.SessionId == session.Id).EndAsync(ActivationTrigger.Cancel, ct);
        if (!await MayPairAsync(session.Id, ct)) return new OpenActivationResult.TooManyPairings();

        var qrCode = SecretToken.Generate();
        var activation = Open(ActivationMode.Card, session.PractitionerId, qrCode, now, options.QrCodeLifetime, session);
        db.Journal.Record(
            JournalEvent.ActivationOpened, JournalOutcome.Success, now, browser, nameof(ActivationMode.Card), session.PractitionerId, sessionId: session.Id);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return new OpenActivationResult.Opened(activation, qrCode);
    }

    /// <summary>Issues another QR code for the same activation; the former one is no longer valid.</summary>
    public async Task<OpenActivationResult> RenewQrCodeAsync(Guid id, Guid session, DateTimeOffset now, CancellationToken ct)
    {
        var qrCode = SecretToken.Generate();
        var (hash, end) = (qrCode.Hash, now + options.QrCodeLifetime);

        // The computer may have slept past the end of its QR code: an expired activation may be renewed too.
        var renewed = await db.Activations.Movable(ActivationTrigger.Renew)
            .Where(a => a.Id == id && a.SessionId == session)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.QrCodeHash, hash).SetProperty(a => a.ExpiresAt, end), ct);
        return renewed == 1
            ? new OpenActivationResult.Opened(await ReadAsync(id, ct), qrCode)
            : new OpenActivationResult.Over();
    }

    /// <summary>
    /// Sends a QR code to the mail address that the directory holds. The caller gives the same answer for every result, because
    /// the requester has not proved an identity. For the same reason no other activation of the holder is cancelled.
    /// </summary>
    public async Task<OpenActivationResult> OpenByContactDetailsAsync(
        NationalId claimedHolder, ClientContext phone, DateTimeOffset now, CancellationToken ct)
    {
        var practitioner = await db.Practitioners.AsNoTracking().Listed(claimedHolder).SingleOrDefaultAsync(ct);

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var counted = await CountAsync("activations-of-holder", claimedHolder.Value, now, ct);
        ContactRefusal? refusal = claimedHolder.Kind != NationalIdKind.Rpps ? ContactRefusal.NotRpps
            : practitioner is null ? ContactRefusal.UnknownHolder
            : RefusalOf(practitioner) ?? (counted > options.RequestsPerHolderAndDay ? ContactRefusal.TooManyRequests : null);

        var qrCode = SecretToken.Generate();
        Activation? activation = null;
        if (refusal is null)
        {
            activation = Open(ActivationMode.ContactDetails, practitioner!.Id, qrCode, now, options.MailedQrCodeLifetime, session: null);
            notifier.QrCodeByMail(db, activation, qrCode, practitioner);
        }

        db.Journal.Record(
            refusal is null ? JournalEvent.ActivationOpened : JournalEvent.ActivationRefused,
            refusal is null ? JournalOutcome.Success : JournalOutcome.Refused,
            now,
            phone,
            refusal?.ToString() ?? nameof(ActivationMode.ContactDetails),
            practitioner?.Id);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return activation is null ? new OpenActivationResult.Refused(refusal!.Value) : new OpenActivationResult.Opened(activation, qrCode);
    }

    /// <summary>Describes a QR code without consuming it.</summary>
    public async Task<InspectQrCodeResult> InspectAsync(string qrCode, DateTimeOffset now, CancellationToken ct)
    {
        var hash = SecretToken.HashOf(qrCode);
        var activation = await db.Activations.AsNoTracking().SingleOrDefaultAsync(a => a.QrCodeHash == hash, ct);
        if (activation is null) return new InspectQrCodeResult.Unknown();
        if (activation.Status != ActivationStatus.Opened || activation.IsOverAt(now)) return new InspectQrCodeResult.Over();

        return new InspectQrCodeResult.Scannable(activation, await HolderAsync(activation, ct));
    }

    /// <summary>Pairs the phone that presents the QR code, once.</summary>
    public async Task<ScanResult> ScanAsync(string qrCode, string deviceName, ClientContext phone, DateTimeOffset now, CancellationToken ct)
    {
        var hash = SecretToken.HashOf(qrCode);
        var opened = await db.Activations.AsNoTracking().SingleOrDefaultAsync(a => a.QrCodeHash == hash, ct);
        if (opened is not { Status: ActivationStatus.Opened }) return new ScanResult.Unknown();
        if (opened.IsOverAt(now)) return new ScanResult.Expired();

        var (token, code) = (SecretToken.Generate(), opened.Mode == ActivationMode.Card ? ActivationCode.Generate() : null);
        var (tokenHash, mac) = (token.Hash, code?.MacFor(opened.Id, masterKey));
        var end = now + (code is null ? options.PairingLifetime : options.CodeLifetime);
        DateTimeOffset? codeEnd = code is null ? null : end;

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var scannable = Movable(opened.Id, ActivationTrigger.Scan, now).Where(a => a.QrCodeHash == hash);
        if (opened.SessionId is { } session)
        {
            var pairings = PairingsOf(session);
            scannable = scannable.Where(a => pairings.Count() < options.PairingsPerSession);
        }

        var scanned = await scannable.ExecuteUpdateAsync(
            set => set
                .SetProperty(a => a.Status, ActivationLifeCycle.Next(ActivationTrigger.Scan))
                .SetProperty(a => a.ScannedAt, now)
                .SetProperty(a => a.ExpiresAt, end)
                .SetProperty(a => a.DeviceName, deviceName)
                .SetProperty(a => a.PairingTokenHash, tokenHash)
                .SetProperty(a => a.CodeMac, mac)
                .SetProperty(a => a.CodeExpiresAt, codeEnd),
            ct);
        if (scanned != 1) return new ScanResult.Unknown();

        db.Journal.Record(JournalEvent.ActivationScanned, JournalOutcome.Success, now, phone, opened.Mode.ToString(), opened.PractitionerId);
        await db.SaveChangesAsync(ct);
        var result = new ScanResult.Paired(await ReadAsync(opened.Id, ct), await HolderAsync(opened, ct), token, code);
        await transaction.CommitAsync(ct);
        return result;
    }

    /// <summary>The activation of a card session, for its page.</summary>
    public Task<Activation?> FindOfSessionAsync(Guid id, Guid session, CancellationToken ct) =>
        db.Activations.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id && a.SessionId == session, ct);

    /// <summary>Finds the activation of a pairing or enrolment token.</summary>
    public async Task<ActivationTokenResult> FindByTokenAsync(string? token, DateTimeOffset now, CancellationToken ct)
    {
        if (string.IsNullOrEmpty(token)) return new ActivationTokenResult.Unknown();

        var hash = SecretToken.HashOf(token);
        var activation = await db.Activations.AsNoTracking()
            .SingleOrDefaultAsync(a => a.PairingTokenHash == hash || a.EnrolmentTokenHash == hash, ct);
        return activation switch
        {
            null => new ActivationTokenResult.Unknown(),
            _ when activation.IsOverAt(now) => new ActivationTokenResult.Over(activation),
            _ => new ActivationTokenResult.Found(activation, MayEnrol: !activation.IsPairingToken(token)),
        };
    }

    /// <summary>Cancels an activation, for the session or the phone that it belongs to; false when it had ended before.</summary>
    public async Task<bool> CancelAsync(Activation activation, ClientContext context, DateTimeOffset now, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await db.Activations.Where(a => a.Id == activation.Id).EndAsync(ActivationTrigger.Cancel, ct) != 1) return false;

        db.Journal.Record(JournalEvent.ActivationCancelled, JournalOutcome.Success, now, context, practitionerId: activation.PractitionerId);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    /// <summary>Whether a card session may pair another phone.</summary>
    public async Task<bool> MayPairAsync(Guid session, CancellationToken ct) =>
        await PairingsOf(session).CountAsync(ct) < options.PairingsPerSession;

    private Activation Open(
        ActivationMode mode, long practitionerId, SecretToken qrCode, DateTimeOffset now, TimeSpan lifetime, Session? session)
    {
        var activation = new Activation
        {
            Id = Guid.NewGuid(),
            Mode = mode,
            PractitionerId = practitionerId,
            SessionId = session?.Id,
            CardNumber = session?.CardNumber,
            CreatedAt = now,
            ExpiresAt = now + lifetime,
            QrCodeHash = qrCode.Hash,
            PollSeconds = options.PollSeconds,
        };
        db.Add(activation);
        return activation;
    }

    private static ContactRefusal? RefusalOf(Practitioner practitioner) => practitioner switch
    {
        _ when !EmailAddress.TryParse(practitioner.ContactEmail, out _) => ContactRefusal.NoContactDetails,
        _ when !PhoneNumber.TryParse(practitioner.ContactPhone, out _) => ContactRefusal.NoContactDetails,
        _ when IsMssante(practitioner.ContactEmail) => ContactRefusal.MssanteAddress,
        _ => null,
    };

    private static bool IsMssante(string address) => address[address.LastIndexOf('@')..].Contains("mssante", StringComparison.OrdinalIgnoreCase);

    private IQueryable<Activation> PairingsOf(Guid session) => db.Activations.Where(a => a.SessionId == session && a.ScannedAt != null);

    private Task<Activation> ReadAsync(Guid id, CancellationToken ct) => db.Activations.AsNoTracking().SingleAsync(a => a.Id == id, ct);

    private Task<Practitioner> HolderAsync(Activation activation, CancellationToken ct) =>
        db.Practitioners.AsNoTracking().SingleAsync(p => p.Id == activation.PractitionerId, ct);

    private Task<int> CountAsync(string limit, string subject, DateTimeOffset now, CancellationToken ct) =>
        db.CountOneMoreAsync(new RateLimitKeys(masterKey).Of(limit, subject), RateLimitWindow.EndAfter(now, Day), ct);

    private IQueryable<Activation> Movable(Guid id, ActivationTrigger trigger, DateTimeOffset now) =>
        db.Activations.MovableAt(trigger, now).Where(a => a.Id == id);
}

/// <summary>The result of opening an activation or renewing its QR code.</summary>
public abstract record OpenActivationResult
{
    private OpenActivationResult() { }

    /// <param name="Activation">The activation.</param>
    /// <param name="QrCode">The secret of the QR code, of which only the hash is stored.</param>
    public sealed record Opened(Activation Activation, SecretToken QrCode) : OpenActivationResult;

    /// <summary>The card session has reached the limit of paired phones: the holder must sign in by card again.</summary>
    public sealed record TooManyPairings : OpenActivationResult;

    /// <summary>The activation was scanned or cancelled, has expired, or belongs to another session.</summary>
    public sealed record Over : OpenActivationResult;

    /// <summary>Recorded in the journal only; the caller does not reveal it.</summary>
    public sealed record Refused(ContactRefusal Reason) : OpenActivationResult;
}

/// <summary>Why no mail is sent. It is recorded in the journal only; the caller does not reveal it.</summary>
public enum ContactRefusal
{
    UnknownHolder,

    /// <summary>An identifier other than RPPS, such as ADELI: its holder activates by card.</summary>
    NotRpps,

    /// <summary>The directory holds no usable mail address, or no usable telephone number.</summary>
    NoContactDetails,

    /// <summary>The address is a professional mailbox (MSSanté), to which the e-CPS itself gives access.</summary>
    MssanteAddress,

    TooManyRequests,
}

/// <summary>The result of <see cref="Activations.InspectAsync"/>.</summary>
public abstract record InspectQrCodeResult
{
    private InspectQrCodeResult() { }

    public sealed record Scannable(Activation Activation, Practitioner Holder) : InspectQrCodeResult;

    /// <summary>The code was used or has expired. Its holder may know that.</summary>
    public sealed record Over : InspectQrCodeResult;

    public sealed record Unknown : InspectQrCodeResult;
}

/// <summary>The result of <see cref="Activations.ScanAsync"/>; of any number of phones one is paired.</summary>
public abstract record ScanResult
{
    private ScanResult() { }

    /// <param name="Activation">The activation, as it is now.</param>
    /// <param name="Holder">The holder.</param>
    /// <param name="PairingToken">The token for the next step of the phone.</param>
    /// <param name="PairingCode">To be shown on the phone and typed on the computer; null for contact details.</param>
    public sealed record Paired(Activation Activation, Practitioner Holder, SecretToken PairingToken, ActivationCode? PairingCode) : ScanResult;

    public sealed record Expired : ScanResult;

    /// <summary>The QR code is unknown or was used.</summary>
    public sealed record Unknown : ScanResult;
}

/// <summary>The result of <see cref="Activations.FindByTokenAsync"/>.</summary>
public abstract record ActivationTokenResult
{
    private ActivationTokenResult() { }

    /// <param name="Activation">The activation.</param>
    /// <param name="MayEnrol">Whether it is the enrolment token, with which the phone registers its key.</param>
    public sealed record Found(Activation Activation, bool MayEnrol) : ActivationTokenResult;

    public sealed record Over(Activation Activation) : ActivationTokenResult;

    public sealed record Unknown : ActivationTokenResult;
}
