using ProSanteConnect.Core.Authenticators;
using ProSanteConnect.Core.SignIn;
using ProSanteConnect.Server.Shared;
using ProSanteConnect.Server.Shared.RateLimits;

namespace ProSanteConnect.Server.SignIn.Card;

/// <summary>What became of a card that was presented for a sign-in.</summary>
internal abstract record CardSignInResult
{
    private CardSignInResult() { }

    /// <param name="Handover">The secret with which the browser goes back.</param>
    public sealed record Approved(SecretToken Handover) : CardSignInResult;

    public sealed record Refused(CardRefusal Reason, DateTimeOffset? When) : CardSignInResult;

    /// <summary>Too many refused cards from this network.</summary>
    public sealed record TooMany(RateLimitResult.Exceeded Limit) : CardSignInResult;

    /// <summary>The request expired or was cancelled meanwhile.</summary>
    public sealed record RequestOver : CardSignInResult;

    /// <summary>Sends the browser on: back to the wallet, whose origin is given, or to wait a while.</summary>
    public async Task<IResult> AnswerAsync(HttpContext http, string wallet, Guid demande, RateLimitRefusal refusal)
    {
        if (this is not TooMany tooMany) return new SeeOther(wallet + NextFor(demande));

        await refusal.AnswerAsync(http, tooMany.Limit);
        return TypedResults.Empty;
    }

    private string NextFor(Guid demande) => this switch
    {
        Approved approved => SignInContinuation.UrlFor(demande, approved.Handover),
        Refused refused => $"/carte/refusee?motif={refused.Reason.Code()}{DateOf(refused)}&demande={demande}",
        _ => SignInStart.PageOf(demande),
    };

    private static string DateOf(Refused refused) => refused.When is { } when ? $"&date={when:yyyy-MM-dd}" : "";
}
