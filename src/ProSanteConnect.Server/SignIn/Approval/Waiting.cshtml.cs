using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ProSanteConnect.Core.Devices;
using ProSanteConnect.Core.SingleSignOn;
using ProSanteConnect.Server.Shared.Http;

namespace ProSanteConnect.Server.SignIn.Approval;

/// <summary>
/// "Validez sur votre téléphone": the number, and what came of it (screens C2). Read anew it shows what is so now, in whichever
/// tab; without a script it reads itself anew.
/// </summary>
internal sealed class WaitingModel(
    PendingSignIn pending, ApprovalStates answers, StartApproval phone, IdentifierCookie typed, SignInCancellation cancellation,
    RequestingClient application, TimeProvider clock) : PageModel
{
    /// <summary>How often a browser without a script reads the page anew, in seconds.</summary>
    public const int RefreshSeconds = 5;

    public Guid Demande { get; private set; }

    public ApprovalState Answer { get; private set; } = null!;

    /// <summary>Null while the phone may answer.</summary>
    public OutcomeSentences? Sentences { get; private set; }

    /// <summary>The relying party's name, or null for the portal itself.</summary>
    public string? Application { get; private set; }

    public int SecondsLeft => (int)Math.Ceiling((Answer.Request.ExpiresAt - clock.GetUtcNow()).TotalSeconds);

    public int SecondsInAll => (int)(Answer.Request.ExpiresAt - Answer.Request.CreatedAt).TotalSeconds;

    public string NewsUrl => ApprovalStatusEndpoint.UrlFor(Demande, Answer);

    /// <summary>Leads the app on this same device to the request, and back here.</summary>
    public string AppUrl => $"/app/#demande={Answer.Request.Id}&retour=1";

    public string RestartUrl => SignInStart.PageOf(Demande, AuthMode.Mobile);

    public static string UrlFor(Guid demande) => $"/connexion/e-cps?demande={demande}";

    public async Task<IActionResult> OnGetAsync(Guid demande, CancellationToken ct)
    {
        if (await pending.FindAsync(demande, ct) is not { } signIn) return this.Expired();
        if (signIn.IsOver) return this.SeeOther(SignInContinuation.NextOf(signIn));
        if (await answers.ReadAsync(demande, ct) is not { } answer) return this.SeeOther(SignInStart.PageOf(demande, AuthMode.Mobile));
        if (answer.Outcome == ApprovalOutcome.Approved) return this.SeeOther(SignInContinuation.UrlFor(demande));

        (Demande, Answer, Sentences) = (demande, answer, OutcomeSentences.For(answer.Outcome, answer.Request.ExpiresAt - answer.Request.CreatedAt));
        Application = application.NameFor(signIn);
        application.AllowForms(signIn);
        return Page();
    }

    public async Task<IActionResult> OnPostRenvoyerAsync(Guid demande, CancellationToken ct)
    {
        if (await pending.FindAsync(demande, ct) is not { } signIn) return this.Expired();
        if (signIn.IsOver) return this.SeeOther(SignInContinuation.NextOf(signIn));
        if (typed.For(demande) is not { } holder) return this.SeeOther(SignInStart.PageOf(demande, AuthMode.Mobile));

        // Whoever has approved meanwhile is signed in, and not asked again.
        if (await answers.ReadAsync(demande, ct) is not { Outcome: ApprovalOutcome.Approved }) await phone.SendAsync(signIn, holder, ct);
        return this.SeeOther(UrlFor(demande));
    }

    public async Task<IActionResult> OnPostCarteAsync(Guid demande, CancellationToken ct)
    {
        if (await pending.FindAsync(demande, ct) is not { } signIn) return this.Expired();

        await cancellation.WithdrawAsync(signIn, ct);
        return this.SeeOther(SignInStart.PageOf(demande, AuthMode.Card));
    }

    public async Task<IActionResult> OnPostAnnulerAsync(Guid demande, CancellationToken ct) =>
        await pending.FindAsync(demande, ct) is { } signIn ? this.SeeOther(await cancellation.CancelAsync(signIn, ct)) : this.Expired();
}

/// <summary>How a request to the phone ended and what to do next, in the words of a practitioner (screens C2).</summary>
internal sealed record OutcomeSentences(string Title, string Advice, bool IsRefusal = false)
{
    private static readonly TimeSpan TwoMinutes = TimeSpan.FromMinutes(2);

    /// <summary>Null for what has not ended, and for an approval, which no page tells of: it goes on.</summary>
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
