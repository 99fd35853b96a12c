using ProSanteConnect.Server.Shared.Failures;

namespace ProSanteConnect.Server.Shared;

internal static class RequestDeadlineExtensions
{
    /// <summary>
    /// Frees this request from the general deadline: it asks somebody else than the database (OCSP), or waits for a person,
    /// and sets a limit of its own.
    /// </summary>
    public static void LiftDeadline(this HttpContext context) => context.Features.Get<RequestDeadline>()?.Lift();
}
