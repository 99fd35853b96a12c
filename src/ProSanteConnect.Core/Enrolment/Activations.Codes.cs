using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Devices;
using ProSanteConnect.Core.Journal;
using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Core.Security;

namespace ProSanteConnect.Core.Enrolment;

/// <summary>The codes of six digits, and the polling of the phone while it waits for one to be typed.</summary>
public sealed partial class Activations
{
    /// <summary>Checks the code that the phone shows and that was typed on the computer (A9).</summary>
    public async Task<CheckCodeResult> CheckTypedCodeAsync(
        Guid id, Guid session, string code, ClientContext browser, DateTimeOffset now, CancellationToken ct)
    {
        var activation = await FindOfSessionAsync(id, session, ct);
        if (activation is not { Status: ActivationStatus.Scanned, Mode: ActivationMode.Card }) return new CheckCodeResult.Over();
        if (now >= activation.CodeExpiresAt) return new CheckCodeResult.Expired();

        return await TryCodeAsync(activation, code, enrolmentToken: null, browser, now, ct) switch
        {
            { IsRight: true } => new CheckCodeResult.Confirmed(),
            { TriesLeft: > 0 and var left } => new CheckCodeResult.Wrong(left),
            { TriesLeft: 0 } => await CancelUnconfirmedAsync(activation, browser, now, ct),
            _ => await NotTriedAsync(activation, ct),
        };
    }

    /// <summary>Sends a code to the telephone number that the directory holds; it replaces the former code.</summary>
    public async Task<SendCodeResult> SendCodeAsync(Activation activation, ClientContext phone, DateTimeOffset now, CancellationToken ct)
    {
        if (activation.Mode != ActivationMode.ContactDetails) return new SendCodeResult.NotOffered();

        var practitioner = await HolderAsync(activation, ct);
        if (!PhoneNumber.TryParse(practitioner.ContactPhone, out var number)) return new SendCodeResult.Over();

        var code = ActivationCode.Generate();
        var mac = code.MacFor(activation.Id, masterKey);
        var (codeEnd, pause) = (now + options.CodeLifetime, now - options.CodeSendInterval);
        var latestEnd = codeEnd > activation.ExpiresAt ? activation.ExpiresAt : codeEnd;

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var counted = await CountAsync("sms-of-number", number.Value, now, ct);
        if (counted > options.CodeSendsPerNumberAndDay) return new SendCodeResult.Exhausted();

        var sent = await Movable(activation.Id, ActivationTrigger.SendCode, now)
            .Where(a => a.CodeSends < options.CodeSends && (a.CodeSentAt == null || a.CodeSentAt <= pause))
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(a => a.CodeMac, mac)
                    .SetProperty(a => a.CodeExpiresAt, latestEnd)
                    .SetProperty(a => a.CodeTries, 0)
                    .SetProperty(a => a.CodeSends, a => a.CodeSends + 1)
                    .SetProperty(a => a.CodeSentAt, now),
                ct);
        var present = await ReadAsync(activation.Id, ct);
        if (sent != 1) return NotSent(present, now);

        db.Journal.Record(JournalEvent.ActivationCodeSent, JournalOutcome.Success, now, phone, practitionerId: activation.PractitionerId);
        notifier.CodeBySms(db, present, code, latestEnd, practitioner);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return new SendCodeResult.Sent(number.Value, latestEnd, now + options.CodeSendInterval, options.CodeSends - present.CodeSends);
    }

    /// <summary>
    /// Issues the enrolment token to a paired phone, once: for the code of the SMS (B7), or as soon as the code was typed on the
    /// computer (A9); until then the phone polls.
    /// </summary>
    public async Task<ExchangeCodeResult> ExchangeAsync(
        string pairingToken, string? code, ClientContext phone, DateTimeOffset now, CancellationToken ct)
    {
        var hash = SecretToken.HashOf(pairingToken);
        var activation = await db.Activations.AsNoTracking().SingleOrDefaultAsync(a => a.PairingTokenHash == hash, ct);
        return activation switch
        {
            null => new ExchangeCodeResult.Unknown(),
            { Status: ActivationStatus.Cancelled } => new ExchangeCodeResult.Denied(),
            { EnrolmentTokenHash: not null } => new ExchangeCodeResult.Unknown(),
            _ when activation.IsOverAt(now) => new ExchangeCodeResult.Expired(),
            { Mode: ActivationMode.Card, Status: ActivationStatus.Confirmed } => await TellConfirmedAsync(activation, now, ct),
            { Mode: ActivationMode.Card } => await PaceAsync(activation, now, ct),
            { CodeMac: null } => new ExchangeCodeResult.Pending(),
            _ when now >= activation.CodeExpiresAt => new ExchangeCodeResult.Expired(),
            _ => await ExchangeSmsCodeAsync(activation, code, phone, now, ct),
        };
    }

    private async Task<ExchangeCodeResult> ExchangeSmsCodeAsync(
        Activation activation, string? code, ClientContext phone, DateTimeOffset now, CancellationToken ct)
    {
        var token = SecretToken.Generate();
        return await TryCodeAsync(activation, code, token, phone, now, ct) switch
        {
            { IsRight: true } => new ExchangeCodeResult.Confirmed(token, now + options.EnrolmentLifetime),
            { TriesLeft: > 0 and var left } => new ExchangeCodeResult.Wrong(left),
            _ => new ExchangeCodeResult.Denied(),
        };
    }

    // Takes the try before the comparison, so that parallel guesses get no more tries. TriesLeft is null when no try was left
    // to take.
    private async Task<(bool IsRight, int? TriesLeft)> TryCodeAsync(
        Activation activation, string? typed, SecretToken? enrolmentToken, ClientContext context, DateTimeOffset now, CancellationToken ct)
    {
        var taken = await Movable(activation.Id, ActivationTrigger.Confirm, now)
            .Where(a => a.CodeTries < options.CodeTries && a.CodeExpiresAt > now)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.CodeTries, a => a.CodeTries + 1), ct);
        if (taken != 1) return (false, null);
        if (ActivationCode.TryParse(typed, out var code) && await ConfirmAsync(activation, code, enrolmentToken, context, now, ct)) return (true, 0);

        db.Journal.Record(JournalEvent.ActivationCodeRefused, JournalOutcome.Refused, now, context, practitionerId: activation.PractitionerId);
        await db.SaveChangesAsync(ct);
        return (false, options.CodeTries - (await ReadAsync(activation.Id, ct)).CodeTries);
    }

    // The database compares two HMACs: the time of the comparison reveals nothing about the code.
    private async Task<bool> ConfirmAsync(
        Activation activation, ActivationCode code, SecretToken? enrolmentToken, ClientContext context, DateTimeOffset now, CancellationToken ct)
    {
        var (mac, tokenHash, end) = (code.MacFor(activation.Id, masterKey), enrolmentToken?.Hash, now + options.EnrolmentLifetime);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var confirmed = await Movable(activation.Id, ActivationTrigger.Confirm, now)
            .Where(a => a.CodeMac == mac && a.CodeExpiresAt > now)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(a => a.Status, ActivationLifeCycle.Next(ActivationTrigger.Confirm))
                    .SetProperty(a => a.CodeMac, (byte[]?)null)
                    .SetProperty(a => a.EnrolmentTokenHash, tokenHash)
                    .SetProperty(a => a.ExpiresAt, end),
                ct);
        if (confirmed != 1) return false;

        db.Journal.Record(JournalEvent.ActivationConfirmed, JournalOutcome.Success, now, context, practitionerId: activation.PractitionerId);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    // A parallel call with the right code may have confirmed the activation: then it is not cancelled.
    private async Task<CheckCodeResult> CancelUnconfirmedAsync(Activation activation, ClientContext browser, DateTimeOffset now, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await db.Activations.Where(a => a.Id == activation.Id).EndAsync(ActivationTrigger.ExhaustCode, ct) != 1) return new CheckCodeResult.Over();

        db.Journal.Record(
            JournalEvent.ActivationCancelled, JournalOutcome.Refused, now, browser, "no-try-left", activation.PractitionerId);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return new CheckCodeResult.NoTryLeft();
    }

    private async Task<CheckCodeResult> NotTriedAsync(Activation activation, CancellationToken ct) =>
        (await ReadAsync(activation.Id, ct)).Status == ActivationStatus.Scanned ? new CheckCodeResult.NoTryLeft() : new CheckCodeResult.Over();

    private async Task<ExchangeCodeResult> TellConfirmedAsync(Activation activation, DateTimeOffset now, CancellationToken ct)
    {
        var token = SecretToken.Generate();
        var hash = token.Hash;
        var told = await Movable(activation.Id, ActivationTrigger.Complete, now)
            .Where(a => a.EnrolmentTokenHash == null)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.EnrolmentTokenHash, hash), ct);
        return told == 1 ? new ExchangeCodeResult.Confirmed(token, activation.ExpiresAt) : new ExchangeCodeResult.Unknown();
    }

    private async Task<ExchangeCodeResult> PaceAsync(Activation activation, DateTimeOffset now, CancellationToken ct)
    {
        var next = now + TimeSpan.FromSeconds(activation.PollSeconds);
        var inTime = await db.Activations
            .Where(a => a.Id == activation.Id && (a.NextPollAt == null || a.NextPollAt <= now))
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.NextPollAt, next), ct);
        if (inTime == 1) return new ExchangeCodeResult.Pending();

        var slower = activation.PollSeconds + SlowDownSeconds;
        var later = now + TimeSpan.FromSeconds(slower);
        await db.Activations
            .Where(a => a.Id == activation.Id && a.PollSeconds == activation.PollSeconds)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.PollSeconds, slower).SetProperty(a => a.NextPollAt, later), ct);
        return new ExchangeCodeResult.SlowDown(slower);
    }

    private SendCodeResult NotSent(Activation present, DateTimeOffset now) => present switch
    {
        _ when present.Status != ActivationStatus.Scanned || present.IsOverAt(now) => new SendCodeResult.Over(),
        _ when present.CodeSends >= options.CodeSends => new SendCodeResult.Exhausted(),
        _ => new SendCodeResult.TooSoon(present.CodeSentAt!.Value + options.CodeSendInterval),
    };
}

/// <summary>The result of <see cref="Activations.CheckTypedCodeAsync"/>.</summary>
public abstract record CheckCodeResult
{
    private CheckCodeResult() { }

    public sealed record Confirmed : CheckCodeResult;

    public sealed record Wrong(int AttemptsLeft) : CheckCodeResult;

    /// <summary>The last try was wrong: the activation is cancelled.</summary>
    public sealed record NoTryLeft : CheckCodeResult;

    public sealed record Expired : CheckCodeResult;

    /// <summary>The activation was cancelled or confirmed before, was not scanned yet, or belongs to another session.</summary>
    public sealed record Over : CheckCodeResult;
}

/// <summary>The result of <see cref="Activations.SendCodeAsync"/>.</summary>
public abstract record SendCodeResult
{
    private SendCodeResult() { }

    /// <param name="Phone">The number in E.164, to be shown masked.</param>
    /// <param name="CodeExpiresAt">The end of the code.</param>
    /// <param name="ResendAt">The earliest time of another SMS.</param>
    /// <param name="SendsLeft">The number of SMS that this activation may still send.</param>
    public sealed record Sent(string Phone, DateTimeOffset CodeExpiresAt, DateTimeOffset ResendAt, int SendsLeft) : SendCodeResult;

    /// <summary>The activation is by card: its code is shown on the phone.</summary>
    public sealed record NotOffered : SendCodeResult;

    public sealed record TooSoon(DateTimeOffset ResendAt) : SendCodeResult;

    /// <summary>The limit of SMS of this activation, or of this telephone number for today, is reached.</summary>
    public sealed record Exhausted : SendCodeResult;

    public sealed record Over : SendCodeResult;
}

/// <summary>The result of <see cref="Activations.ExchangeAsync"/>: the errors of RFC 8628, section 3.5, and the wrong code.</summary>
public abstract record ExchangeCodeResult
{
    private ExchangeCodeResult() { }

    /// <summary>The code was right; the token is issued once.</summary>
    public sealed record Confirmed(SecretToken EnrolmentToken, DateTimeOffset ExpiresAt) : ExchangeCodeResult;

    /// <summary>authorization_pending: the code was not typed on the computer yet, or no SMS was sent.</summary>
    public sealed record Pending : ExchangeCodeResult;

    /// <summary>slow_down: the phone polls too often; this is its new interval.</summary>
    public sealed record SlowDown(int Seconds) : ExchangeCodeResult;

    /// <summary>invalid_grant, with the number of tries that are left.</summary>
    public sealed record Wrong(int AttemptsLeft) : ExchangeCodeResult;

    /// <summary>access_denied: the activation was cancelled, or no try is left; the phone may ask for another code by SMS.</summary>
    public sealed record Denied : ExchangeCodeResult;

    /// <summary>expired_token.</summary>
    public sealed record Expired : ExchangeCodeResult;

    /// <summary>invalid_grant: the pairing token is unknown, or its enrolment token was issued before.</summary>
    public sealed record Unknown : ExchangeCodeResult;
}
