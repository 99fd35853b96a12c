using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Enrolment;
using ProSanteConnect.Core.Journal;
using ProSanteConnect.Core.Security;
using ProSanteConnect.Core.SingleSignOn;

namespace ProSanteConnect.Core.SignIn;

/// <summary>
/// "Ce n'était pas moi": the holder repudiates a sign-in. One transaction ends everything that somebody else may have begun in
/// the holder's name.
/// </summary>
public sealed class Repudiation(PscDb db, SignInRequests signIns, Sessions sessions, KnownBrowsers browsers)
{
    /// <summary>
    /// Forgets all known browsers, cancels approved sign-ins that were not redeemed and running activations, and ends all
    /// sessions of the practitioner.
    /// </summary>
    /// <param name="practitionerId">The holder.</param>
    /// <param name="entryId">The number of the journal entry of the repudiated sign-in.</param>
    /// <param name="context">The browser of the holder.</param>
    /// <param name="now">The instant.</param>
    /// <param name="ct">Cancels the work.</param>
    /// <returns>False when the entry is no sign-in of this practitioner; then nothing has changed.</returns>
    public async Task<bool> RepudiateAsync(long practitionerId, long entryId, ClientContext context, DateTimeOffset now, CancellationToken ct)
    {
        var repudiated = await db.Journal.AsNoTracking().SingleOrDefaultAsync(
            entry => entry.Id == entryId && entry.PractitionerId == practitionerId && entry.Event == JournalEvent.SessionOpened, ct);
        if (repudiated is null) return false;

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await browsers.ForgetAllAsync(practitionerId, ct);

        // Sign-ins before sessions: a redemption that this UPDATE waits for has added its session when the sessions are ended.
        await signIns.RepudiateAsync(practitionerId, ct);
        await db.Activations.Where(a => a.PractitionerId == practitionerId).EndAsync(ActivationTrigger.Cancel, ct);
        db.Journal.Record(
            JournalEvent.SignInRepudiated,
            JournalOutcome.Success,
            now,
            context,
            repudiated.Detail,
            practitionerId,
            repudiated.ClientId,
            repudiated.SessionId);
        await sessions.EndAllWithinAsync(practitionerId, SessionEndReason.SignedOutEverywhere, context, now, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }
}
