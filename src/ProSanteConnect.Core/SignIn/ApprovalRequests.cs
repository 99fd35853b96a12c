using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Delivery;
using ProSanteConnect.Core.Devices;
using ProSanteConnect.Core.Journal;
using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Core.Security;
using ProSanteConnect.Core.SingleSignOn;

namespace ProSanteConnect.Core.SignIn;

/// <summary>
/// Sends approval requests to phones and records the answers. Each move is one conditional UPDATE. Every transaction locks the
/// row of the e-CPS first, so that no request is sent or answered after the deactivation.
/// </summary>
public sealed class ApprovalRequests(
    PscDb db, SignInRequests signIns, KnownBrowsers browsers, ECpsPins pins, PushSubscriptions subscriptions, ApprovalOptions options,
    IHolderNotifier notifier)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>
    /// Sends a request to the holder's phone and replaces the former one of a browser as known as this one. When nobody can be asked, the request is a decoy, which
    /// nobody answers.
    /// </summary>
    public async Task<ApprovalStarted> AskAsync(ApprovalInput ask, DateTimeOffset now, CancellationToken ct)
    {
        var practitionerId = await db.Practitioners.FindListedAsync(ask.ClaimedHolder, ct);
        var known = await browsers.IsKnownAsync(ask.KnownBrowserToken, practitionerId ?? 0, now, ct);
        var frozen = await db.ApprovalFreezes.AnyAsync(f => f.PractitionerId == practitionerId && f.Until > now, ct);
        var eCps = await db.ECps.AsNoTracking().UsableAt(now).SingleOrDefaultAsync(e => e.PractitionerId == practitionerId, ct);

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        DecoyReason? decoy = practitionerId is null ? DecoyReason.UnknownHolder
            : eCps is null ? DecoyReason.NoActiveECps
            : frozen && !known ? DecoyReason.Frozen
            : ask.IsLimited ? DecoyReason.Limited
            : await db.ECps.HoldAsync(eCps.Id, now, ct) ? null : DecoyReason.NoActiveECps;
        if (decoy is not null) eCps = null;

        await ReplaceAsync(ask.SignInRequestId, eCps, known, now, ct);
        var request = new ApprovalRequest
        {
            Id = Guid.NewGuid(),
            SignInRequestId = ask.SignInRequestId,
            ClientId = ask.ClientId,
            PractitionerId = eCps?.PractitionerId,
            ECpsId = eCps?.Id,
            Number = RandomNumberGenerator.GetInt32(10, 100).ToString(CultureInfo.InvariantCulture),
            Browser = ask.Browser.Browser,
            IpAddress = ask.Browser.IpAddress,
            UserAgentHash = ask.Browser.UserAgentHash,
            KnownBrowser = known,
            Origin = ask.Origin,
            CreatedAt = now,
            ExpiresAt = now + options.Lifetime,
            ChangedAt = now,
        };
        db.Add(request);
        db.Journal.Record(
            JournalEvent.ApprovalAsked,
            decoy is null ? JournalOutcome.Success : JournalOutcome.Refused,
            now,
            ask.Browser,
            decoy?.ToString() ?? "",
            practitionerId,
            ask.ClientId);
        if (eCps is not null && subscriptions.AddressOf(eCps) is { } phone) notifier.RequestArrived(db, request, phone);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return new ApprovalStarted(request, eCps, decoy);
    }

    /// <summary>The latest request of a sign-in, if the browser is the one that opened it; else null.</summary>
    public async Task<ApprovalRequest?> FindForBrowserAsync(Guid signInRequest, string? browserSecret, DateTimeOffset now, CancellationToken ct) =>
        await signIns.FindAsync(signInRequest, browserSecret, now, ct) is null
            ? null
            : await db.ApprovalRequests.AsNoTracking()
                .Where(a => a.SignInRequestId == signInRequest)
                .OrderByDescending(a => a.CreatedAt)
                .FirstOrDefaultAsync(ct);

    /// <summary>
    /// The outcome that the waiting browser is shown. A request that was ended elsewhere, by another browser's request or by the end
    /// of the e-CPS, is shown as pending until it expires, like one that nobody answers: a stranger learns neither whether the
    /// holder exists nor what they do (security-checklist T6).
    /// </summary>
    public async Task<ApprovalOutcome> OutcomeForBrowserAsync(ApprovalRequest request, DateTimeOffset now, CancellationToken ct)
    {
        var outcome = request.OutcomeAt(now);
        var isEndedElsewhere = outcome switch
        {
            ApprovalOutcome.Replaced => !await IsAskedAnewAsync(request, ct),
            ApprovalOutcome.Cancelled => await IsEndedWithECpsAsync(request, ct),
            _ => false,
        };
        return !isEndedElsewhere ? outcome
            : now < request.ExpiresAt ? ApprovalOutcome.Pending
            : ApprovalOutcome.Expired;
    }

    public Task<ApprovalRequest?> FindForHolderAsync(Guid id, Guid eCps, CancellationToken ct) =>
        db.ApprovalRequests.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id && a.ECpsId == eCps, ct);

    /// <summary>The pending requests of an e-CPS: one at most from a browser that the holder knows, which comes first, and one from another.</summary>
    public Task<List<ApprovalRequest>> ListPendingAsync(Guid eCps, DateTimeOffset now, CancellationToken ct) =>
        db.ApprovalRequests.AsNoTracking()
            .Where(a => a.ECpsId == eCps && a.Status == ApprovalStatus.Pending && a.ExpiresAt > now)
            .OrderByDescending(a => a.KnownBrowser)
            .ToListAsync(ct);

    /// <summary>
    /// Approves, on a call that the phone's key has signed. The number is checked before the PIN, and a wrong number ends the request:
    /// somebody who does not see the computer's screen does not learn whether the PIN was right.
    /// </summary>
    public async Task<ApproveResult> ApproveAsync(
        Guid id, ECps eCps, string number, string pin, ClientContext phone, DateTimeOffset now, CancellationToken ct)
    {
        var request = await FindForHolderAsync(id, eCps.Id, ct);
        if (request is null) return new ApproveResult.Unknown();
        if (request.OutcomeAt(now) is not ApprovalOutcome.Pending and var outcome) return new ApproveResult.Over(outcome);
        if (!IsNumber(request, number)) return await MistakeNumberAsync(request, phone, now, ct);

        return await pins.VerifyAsync(eCps, pin, phone, now, ct) switch
        {
            VerifyPinResult.Wrong wrong => new ApproveResult.PinWrong(wrong.AttemptsLeft),
            VerifyPinResult.Inactive inactive => new ApproveResult.Inactive(inactive.Reason, inactive.Since),
            _ => await ApproveAsync(request, eCps, phone, now, ct),
        };
    }

    /// <summary>Refuses; "ce n'est pas moi" also keeps requests of unknown browsers away for a day.</summary>
    public async Task<DenyResult> DenyAsync(Guid id, ECps eCps, bool notMe, ClientContext phone, DateTimeOffset now, CancellationToken ct)
    {
        var request = await FindForHolderAsync(id, eCps.Id, ct);
        if (request is null) return new DenyResult.Unknown();

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (!await db.ECps.HoldAsync(eCps.Id, now, ct) || !await MoveAsync(id, ApprovalTrigger.Deny, now, ct))
        {
            return new DenyResult.Over(await OutcomeAsync(id, now, ct));
        }

        if (notMe) await FreezeAsync(eCps.PractitionerId, now + options.FreezeAfterNotMe, ct);
        db.Journal.Record(
            JournalEvent.ApprovalDenied, JournalOutcome.Refused, now, phone, notMe ? "not-me" : "", eCps.PractitionerId, request.ClientId);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return new DenyResult.Denied(request);
    }

    /// <summary>
    /// Cancels the browser's request, even one already ended elsewhere that the page still shows as pending: a refusal would reveal
    /// that end (<see cref="OutcomeForBrowserAsync"/>). False when the page shows no pending request.
    /// </summary>
    public async Task<bool> CancelAsync(SignInRequest signIn, ClientContext browser, DateTimeOffset now, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var cancelled = await db.ApprovalRequests
            .Where(a => a.SignInRequestId == signIn.Id)
            .Where(a => a.Status != ApprovalStatus.Cancelled || db.ECps.Any(e => e.Id == a.ECpsId && e.DeactivatedAt == a.ChangedAt))
            .MoveAsync(ApprovalTrigger.Withdraw, now, ct);
        if (cancelled == 0) return false;

        db.Journal.Record(JournalEvent.ApprovalCancelled, JournalOutcome.Success, now, browser, clientId: signIn.ClientId);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    private async Task<ApproveResult> ApproveAsync(ApprovalRequest request, ECps eCps, ClientContext phone, DateTimeOffset now, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (!await db.ECps.UseAsync(eCps.Id, now, ct)) return await InactiveAsync(eCps.Id, now, ct);
        if (!await MoveAsync(request.Id, ApprovalTrigger.Approve, now, ct)) return new ApproveResult.Over(await OutcomeAsync(request.Id, now, ct));

        // Approve nothing when the sign-in was cancelled or has expired: the transaction is rolled back.
        if (request.SignInRequestId is { } signIn && !await signIns.ApproveFromPhoneAsync(signIn, eCps, now, ct))
        {
            return new ApproveResult.Over(ApprovalOutcome.Cancelled);
        }

        db.Journal.Record(
            JournalEvent.ApprovalApproved, JournalOutcome.Success, now, phone, practitionerId: eCps.PractitionerId, clientId: request.ClientId);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return new ApproveResult.Approved(request);
    }

    private async Task<ApproveResult> MistakeNumberAsync(ApprovalRequest request, ClientContext phone, DateTimeOffset now, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (!await db.ECps.HoldAsync(request.ECpsId!.Value, now, ct)) return await InactiveAsync(request.ECpsId.Value, now, ct);
        if (!await MoveAsync(request.Id, ApprovalTrigger.MistakeNumber, now, ct))
        {
            return new ApproveResult.Over(await OutcomeAsync(request.Id, now, ct));
        }

        var holder = request.PractitionerId!.Value;
        var since = now - Hour;
        var mistakes = await db.ApprovalRequests.CountAsync(
            a => a.PractitionerId == holder && a.Status == ApprovalStatus.WrongNumber && a.ChangedAt > since, ct);
        if (mistakes >= options.WrongNumbersPerHour) await FreezeAsync(holder, now + Hour, ct);
        db.Journal.Record(
            JournalEvent.ApprovalNumberRefused, JournalOutcome.Refused, now, phone, practitionerId: holder, clientId: request.ClientId);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return new ApproveResult.NumberWrong();
    }

    private async Task<ApproveResult> InactiveAsync(Guid eCps, DateTimeOffset now, CancellationToken ct)
    {
        var (reason, since) = await db.InactivityAsync(eCps, now, ct);
        return new ApproveResult.Inactive(reason, since);
    }

    private async Task<ApprovalOutcome> OutcomeAsync(Guid id, DateTimeOffset now, CancellationToken ct) =>
        (await db.ApprovalRequests.AsNoTracking().SingleAsync(a => a.Id == id, ct)).OutcomeAt(now);

    // A browser has one pending request at a time, the latest. A holder has two at most: the latest of the browsers that they know, and
    // the latest of all others. So a stranger, who can only ask from an unknown browser, never ends the holder's own request.
    // Two updates, because no index serves both conditions at once; the writer of SQLite must not wait for a scan.
    private async Task ReplaceAsync(Guid? signInRequest, ECps? eCps, bool known, DateTimeOffset now, CancellationToken ct)
    {
        if (signInRequest is { } asking)
            await OfSameBrowser(asking).MoveAsync(ApprovalTrigger.Replace, now, ct);
        if (eCps is { PractitionerId: var holder })
            await db.ApprovalRequests.Where(a => a.PractitionerId == holder && a.KnownBrowser == known).MoveAsync(ApprovalTrigger.Replace, now, ct);
    }

    private async Task<bool> IsAskedAnewAsync(ApprovalRequest request, CancellationToken ct)
    {
        if (request.SignInRequestId is not { } signIn) return true;

        return await OfSameBrowser(signIn).AnyAsync(a => a.Id != request.Id && a.CreatedAt >= request.CreatedAt, ct);
    }

    // The deactivation cancels the request in its transaction, with the same instant.
    private Task<bool> IsEndedWithECpsAsync(ApprovalRequest request, CancellationToken ct) =>
        db.ECps.AnyAsync(e => e.Id == request.ECpsId && e.DeactivatedAt == request.ChangedAt, ct);

    /// <summary>The requests of all sign-ins of the browser that opened this one.</summary>
    private IQueryable<ApprovalRequest> OfSameBrowser(Guid signIn)
    {
        var browser = db.SignInRequests.Where(own => own.Id == signIn).Select(own => own.BrowserHash);
        var signIns = db.SignInRequests.Where(s => browser.Contains(s.BrowserHash)).Select(s => (Guid?)s.Id);
        return db.ApprovalRequests.Where(a => signIns.Contains(a.SignInRequestId));
    }

    private async Task<bool> MoveAsync(Guid id, ApprovalTrigger trigger, DateTimeOffset now, CancellationToken ct) =>
        await db.ApprovalRequests.Where(a => a.Id == id && a.ExpiresAt > now).MoveAsync(trigger, now, ct) == 1;

    // The caller has locked the row of the e-CPS: no two transactions freeze the same holder in parallel.
    private async Task FreezeAsync(long practitionerId, DateTimeOffset until, CancellationToken ct)
    {
        var freezes = db.ApprovalFreezes.Where(f => f.PractitionerId == practitionerId);
        var longer = await freezes.Where(f => f.Until < until).ExecuteUpdateAsync(set => set.SetProperty(f => f.Until, until), ct);
        if (longer == 0 && !await freezes.AnyAsync(ct)) db.Add(new ApprovalFreeze { PractitionerId = practitionerId, Until = until });
    }

    private static bool IsNumber(ApprovalRequest request, string typed) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(typed.Trim()), Encoding.UTF8.GetBytes(request.Number));
}
