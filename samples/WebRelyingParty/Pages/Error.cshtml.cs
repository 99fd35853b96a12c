using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;

namespace WebRelyingParty.Pages;

/// <summary>Shows the error that the provider returned instead of a code, or that the provider is unavailable.</summary>
[IgnoreAntiforgeryToken]
[ResponseCache(NoStore = true)]
internal sealed class ErrorModel(IOptions<PscOptions> options) : PageModel
{
    public string? Error { get; private set; }
    public string? ErrorDescription { get; private set; }

    public bool Unexpected { get; private set; }

    public Uri Discovery => options.Value.Discovery!;

    public string Sentence => Error switch
    {
        _ when Unexpected => "Quelque chose n'a pas fonctionné dans cette application.",
        "access_denied" => "La connexion a été annulée : vous n'êtes pas connecté.",
        "temporarily_unavailable" => "Pro Santé Connect est momentanément indisponible. Réessayez dans une minute.",
        _ => "La connexion n'a pas pu aboutir.",
    };

    public void OnGet() => Show();

    public void OnPost() => Show();

    private void Show()
    {
        if (HttpContext.Features.Get<IExceptionHandlerFeature>() is { Error: var exception })
        {
            Unexpected = true;
            ErrorDescription = exception.GetBaseException().Message;
            return;
        }

        Error = TempData.Peek(SignInError.Code) as string;
        ErrorDescription = TempData.Peek(SignInError.Description) as string;
    }
}
