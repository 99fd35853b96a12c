using ProSanteConnect.Server.Shared.Errors;

namespace ProSanteConnect.Server.Devices.Api;

internal static class PinHashing
{
    /// <summary>
    /// Says that a call hashes a PIN, and frees it from the general deadline: Argon2id takes its time, and waits for a free
    /// processor. Each command to the database keeps a limit of its own.
    /// </summary>
    public static RouteHandlerBuilder HashesPin(this RouteHandlerBuilder endpoint) => endpoint.AddEndpointFilter((context, next) =>
    {
        context.HttpContext.LiftDeadline();
        return next(context);
    });
}
