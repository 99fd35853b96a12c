using ProSanteConnect.Core.Authenticators;
using ProSanteConnect.Core.SignIn;

namespace ProSanteConnect.Server.SignIn.Card;

/// <summary>What became of a card that was presented for a sign-in.</summary>
internal abstract record CardSignInResult
{
    private CardSignInResult() { }

    /// <param name="Handover">The secret with which the browser goes back.</param>
    public sealed record Approved(SecretToken Handover) : CardSignInResult;

    public sealed record Refused(CardRefusal Reason, DateTimeOffset? When) : CardSignInResult;

    /// <summary>The request expired or was cancelled meanwhile.</summary>
    public sealed record RequestOver : CardSignInResult;

    /// <summary>Where the browser goes on, as a path of the wallet.</summary>
    public string NextFor(Guid demande) => this switch
    {
        Approved approved => SignInContinuation.UrlFor(demande, approved.Handover),
        Refused refused => $"/carte/refusee?motif={refused.Reason.Code()}{DateOf(refused)}&demande={demande}",
        _ => SignInStart.PageOf(demande),
    };

    private static string DateOf(Refused refused) => refused.When is { } when ? $"&date={when:yyyy-MM-dd}" : "";
}
