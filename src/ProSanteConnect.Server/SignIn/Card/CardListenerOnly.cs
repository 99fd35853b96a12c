namespace ProSanteConnect.Server.SignIn.Card;

/// <summary>Keeps the card listener to its one page: a session cookie has no business on it, nor a protocol endpoint.</summary>
internal static class CardListenerOnly
{
    public static IApplicationBuilder UseCardListenerOnly(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        if (!http.IsCardListener() || http.Request.Path.StartsWithSegments("/carte")) return next(http);

        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    });
}
