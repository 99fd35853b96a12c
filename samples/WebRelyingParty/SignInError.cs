using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace WebRelyingParty;

/// <summary>The error that the provider returned instead of a code: the two parameters of RFC 6749, section 4.1.2.1.</summary>
internal static class SignInError
{
    public const string Code = "error";
    public const string Description = "error_description";

    /// <summary>Stores the error in a protected cookie, so that a forged link cannot put text on the page.</summary>
    public static Task ShowAsync(RemoteFailureContext failure)
    {
        var messages = failure.HttpContext.RequestServices.GetRequiredService<ITempDataDictionaryFactory>().GetTempData(failure.HttpContext);
        messages[Code] = failure.Failure?.Data[Code] as string ?? "";
        messages[Description] = failure.Failure?.Data[Description] as string ?? failure.Failure?.Message ?? "";
        messages.Save();

        failure.Response.Redirect("/erreur");
        failure.HandleResponse();
        return Task.CompletedTask;
    }
}
