using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Devices;
using ProSanteConnect.Core.Enrolment;
using ProSanteConnect.Core.SingleSignOn;

namespace ProSanteConnect.Server.Enrolment.Card;

/// <summary>The activations of a session that a card opened: which one its page shows, and where that one stands.</summary>
internal sealed class CardActivations(
    PscDb db, Activations activations, ActivationOptions options, IOptions<SignInOptions> signIn, TimeProvider clock)
{
    /// <summary>How long a page renews its QR code, and shows an e-CPS that it activated.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    /// <summary>Whether an activation may begin: the card was presented just now (security-checklist §5, "Portal sensitive action").</summary>
    public bool MayBegin(Session session) =>
        session.AuthMode == AuthMode.Card && session.IsFreshAt(clock.GetUtcNow(), signIn.Value.FreshAuthentication);

    /// <summary>The last activation of the session, or null.</summary>
    public Task<Activation?> LatestAsync(Session session, CancellationToken ct) => db.Activations.AsNoTracking()
        .Where(a => a.SessionId == session.Id)
        .OrderByDescending(a => a.CreatedAt)
        .FirstOrDefaultAsync(ct);

    public ActivationStep StepOf(Activation activation)
    {
        var now = clock.GetUtcNow();
        var isLate = now >= activation.ExpiresAt;
        return activation.Status switch
        {
            ActivationStatus.Opened => now < activation.CreatedAt + Patience ? ActivationStep.Scan : ActivationStep.Cancelled,
            ActivationStatus.Scanned => isLate ? ActivationStep.CodeLate : ActivationStep.Code,
            ActivationStatus.Confirmed => isLate ? ActivationStep.PinLate : ActivationStep.Pin,
            ActivationStatus.Completed => ActivationStep.Done,
            _ => activation.CodeTries >= options.CodeTries ? ActivationStep.NoTryLeft : ActivationStep.Cancelled,
        };
    }

    /// <summary>How often the code may still be tried.</summary>
    public int TriesLeft(Activation activation) => options.CodeTries - activation.CodeTries;

    /// <summary>The e-CPS that the activation created, while it is recent and active.</summary>
    public async Task<ECps?> ResultOfAsync(Activation activation, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var eCps = activation.ECpsId is { } id ? await db.ECps.ReadAsync(id, ct) : null;
        return eCps?.IsActiveAt(now) == true && now < eCps.ActivatedAt + Patience ? eCps : null;
    }

    /// <summary>The e-CPS that another one would replace, or null.</summary>
    public async Task<ECps?> PresentAsync(Session session, CancellationToken ct) =>
        await db.ECps.FindLatestAsync(session.PractitionerId, ct) is { } eCps && eCps.IsActiveAt(clock.GetUtcNow()) ? eCps : null;

    /// <summary>Whether the session has paired as many phones as it may.</summary>
    public async Task<bool> HasTriedTooManyAsync(Session session, CancellationToken ct) =>
        !await activations.MayPairAsync(session.Id, ct);
}
