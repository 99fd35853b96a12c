using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ProSanteConnect.Core.Devices;
using ProSanteConnect.Core.SingleSignOn;
using ProSanteConnect.Server.Shared.Http;

namespace ProSanteConnect.Server.SignIn.Approval;

/// <summary>
/// The page "Validez sur votre téléphone": the number to match, then the outcome (screens C2). Every load shows the current state, in
/// any tab. A script follows <see cref="ApprovalStatusEndpoint"/>; without scripts the page reloads itself.
/// </summary>
internal sealed class WaitingModel(
    PendingSignIn pending, ApprovalStates states, StartApproval approvals, IdentifierCookie identifierCookie, SignInCancellation cancellation,
    RequestingClient client, TimeProvider clock) : PageModel
{
    /// <summary>The reload interval without scripts, in seconds.</summary>
    public const int RefreshSeconds = 5;

    private const int HelpAfterSeconds = 20;

    public Guid SignInRequestId { get; private set; }

    public ApprovalState Approval { get; private set; } = null!;

    /// <summary>Null while the approval is pending.</summary>
    public OutcomeSentences? Outcome { get; private set; }

    /// <summary>The name of the relying party; null for the portal.</summary>
    public string? Application { get; private set; }

    public int SecondsLeft => (int)Math.Ceiling((Approval.Request.ExpiresAt - clock.GetUtcNow()).TotalSeconds);

    public int SecondsInAll => (int)(Approval.Request.ExpiresAt - Approval.Request.CreatedAt).TotalSeconds;

    /// <summary>With this time left, the page shows what to do when nothing arrives, the card first of all; the same for everybody.</summary>
    public int HelpSecondsLeft => SecondsInAll - HelpAfterSeconds;

    public string StatusUrl => ApprovalStatusEndpoint.UrlFor(SignInRequestId, Approval);

    /// <summary>Opens the request in the app of this device, which returns here afterwards.</summary>
    public string AppUrl => $"/app/#demande={Approval.Request.Id}&retour=1";

    public string RestartUrl => SignInStart.PageOf(SignInRequestId, AuthMode.Mobile);

    public static string UrlFor(Guid signInRequestId) => $"/connexion/e-cps?demande={signInRequestId}";

    public async Task<IActionResult> OnGetAsync([FromQuery(Name = "demande")] Guid signInRequestId, CancellationToken ct)
    {
        if (await pending.FindAsync(signInRequestId, ct) is not { } signIn) return this.Expired();
        if (signIn.IsOver) return this.SeeOther(SignInContinuation.NextOf(signIn));
        if (await states.ReadAsync(signInRequestId, ct) is not { } state) return this.SeeOther(SignInStart.PageOf(signInRequestId, AuthMode.Mobile));
        if (state.Outcome == ApprovalOutcome.Approved) return this.SeeOther(SignInContinuation.UrlFor(signInRequestId));

        (SignInRequestId, Approval) = (signInRequestId, state);
        Outcome = OutcomeSentences.For(state.Outcome, state.Request.ExpiresAt - state.Request.CreatedAt);
        Application = client.NameFor(signIn);
        client.AllowForms(signIn);
        return Page();
    }

    [HandlerName("Renvoyer")]
    public async Task<IActionResult> OnPostSendAgainAsync([FromQuery(Name = "demande")] Guid signInRequestId, CancellationToken ct)
    {
        if (await pending.FindAsync(signInRequestId, ct) is not { } signIn) return this.Expired();
        if (signIn.IsOver) return this.SeeOther(SignInContinuation.NextOf(signIn));
        if (identifierCookie.For(signInRequestId) is not { } claimedHolder) return this.SeeOther(SignInStart.PageOf(signInRequestId, AuthMode.Mobile));

        // When the holder has approved meanwhile, the sign-in continues without another request.
        if (await states.ReadAsync(signInRequestId, ct) is not { Outcome: ApprovalOutcome.Approved }) await approvals.StartAsync(signIn, claimedHolder, ct);
        return this.SeeOther(UrlFor(signInRequestId));
    }

    [HandlerName("Carte")]
    public async Task<IActionResult> OnPostUseCardAsync([FromQuery(Name = "demande")] Guid signInRequestId, CancellationToken ct)
    {
        if (await pending.FindAsync(signInRequestId, ct) is not { } signIn) return this.Expired();

        await cancellation.WithdrawAsync(signIn, ct);
        return this.SeeOther(SignInStart.PageOf(signInRequestId, AuthMode.Card));
    }

    [HandlerName("Annuler")]
    public async Task<IActionResult> OnPostCancelAsync([FromQuery(Name = "demande")] Guid signInRequestId, CancellationToken ct) =>
        await pending.FindAsync(signInRequestId, ct) is { } signIn ? this.SeeOther(await cancellation.CancelAsync(signIn, ct)) : this.Expired();
}

/// <summary>The outcome of an approval request and what to do next, as the page words it (screens C2).</summary>
internal sealed record OutcomeSentences(string Title, string Advice, bool IsRefusal = false)
{
    private static readonly TimeSpan TwoMinutes = TimeSpan.FromMinutes(2);

    /// <summary>Null for <see cref="ApprovalOutcome.Pending"/> and <see cref="ApprovalOutcome.Approved"/>, which no page shows.</summary>
    public static OutcomeSentences? For(ApprovalOutcome outcome, TimeSpan lifetime) => outcome switch
    {
        ApprovalOutcome.Denied => new(ApprovalTexts.DeniedTitle, ApprovalTexts.DeniedAdvice, IsRefusal: true),
        ApprovalOutcome.WrongNumber => new(ApprovalTexts.WrongNumberTitle, ApprovalTexts.WrongNumberAdvice, IsRefusal: true),
        ApprovalOutcome.Expired when lifetime == TwoMinutes => new(ApprovalTexts.ExpiredTitle, ApprovalTexts.ExpiredAdvice),
        ApprovalOutcome.Expired => new(ApprovalTexts.ExpiredTitlePlain, ApprovalTexts.ExpiredAdvice),
        ApprovalOutcome.Replaced => new(ApprovalTexts.ReplacedTitle, ApprovalTexts.ReplacedAdvice),
        ApprovalOutcome.Cancelled => new(ApprovalTexts.CancelledTitle, ApprovalTexts.CancelledAdvice),
        _ => null,
    };
}
