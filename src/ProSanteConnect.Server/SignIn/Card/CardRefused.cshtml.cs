using Microsoft.AspNetCore.Mvc.RazorPages;
using ProSanteConnect.Server.Shared.Errors;

namespace ProSanteConnect.Server.SignIn.Card;

/// <summary>The page behind every refusal of a card: the reason, the next step, and the way back to the sign-in.</summary>
internal sealed class CardRefusedModel : PageModel
{
    public RefusalSentences Sentences { get; private set; } = null!;

    public string Incident { get; private set; } = "";

    public string RestartUrl { get; private set; } = "/connexion";

    public string ECpsUrl { get; private set; } = "/connexion";

    public void OnGet(string? motif, string? date, Guid? demande)
    {
        Sentences = RefusalSentences.For(motif, date);
        Response.StatusCode = Sentences.Status;
        Incident = IncidentNumber.Of(HttpContext);
        if (demande is not { } id) return;

        RestartUrl = SignInStart.PageOf(id);
        ECpsUrl = $"{RestartUrl}&moyen={SignInMeans.ECps.Slug()}";
    }
}
