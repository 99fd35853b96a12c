using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace WebRelyingParty;

/// <summary>Why the provider sent the browser back without a code: the two fields of RFC 6749, section 4.1.2.1.</summary>
internal static class SignInError
{
    public const string Code = "error";
    public const string Description = "error_description";

    /// <summary>Keeps the error in a protected cookie, so that no link can make our page show words of its own.</summary>
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
