using ProSanteConnect.Core.SignIn;

namespace ProSanteConnect.Server.SignIn.Approval;

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
