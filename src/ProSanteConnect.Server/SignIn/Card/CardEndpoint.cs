using ProSanteConnect.Core.SignIn;
using ProSanteConnect.Server.Shared.Errors;
using ProSanteConnect.Server.Shared.Http;
using ProSanteConnect.Server.Shared.Origins;
using ProSanteConnect.Server.Shared.RateLimits;

namespace ProSanteConnect.Server.SignIn.Card;

/// <summary>The one page of the card listener: takes the certificate of the connection and sends the browser back.</summary>
internal static class CardEndpoint
{
    internal static async Task<IResult> Present(
        Guid demande, HttpContext http, CardSignIn cards, CardConnection connection, PublicOrigins origins, RateLimitRefusal refusal, CancellationToken ct)
    {
        var read = connection.Read(http);
        if (read is CardConnectionResult.ForgedHeader) return TypedResults.StatusCode(StatusCodes.Status400BadRequest);

        // Whether a card was revoked is asked of its authority, with a limit of its own.
        http.LiftDeadline();
        var presented = (read as CardConnectionResult.Presented)?.Certificate;
        var result = await cards.PresentAsync(demande, presented, http.ClientContext(), ct);

        // A browser keeps the certificate it chose for as long as the connection lives: the next try is to ask anew.
        http.Response.Headers.Connection = "close";
        return await result.AnswerAsync(http, origins.WalletBehind(http.Request), demande, refusal);
    }
}

/// <summary>The way to the card listener and back.</summary>
internal sealed class CardListenerUrl(IHttpContextAccessor accessor, PublicOrigins origins)
{
    public const string Route = "/carte/{demande:guid}";

    /// <summary>The address to which the button «Se connecter avec la carte CPS» leads: a plain link, without a script.</summary>
    public string UrlFor(SignInRequest request) => origins.CardUrl(accessor.HttpContext!.Request, $"/carte/{request.Id}");
}
