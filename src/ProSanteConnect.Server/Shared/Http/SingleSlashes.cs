namespace ProSanteConnect.Server.Shared.Http;

/// <summary>Reads <c>//userinfo</c> as <c>/userinfo</c>: DRIMbox joins its addresses so (psc-protocol §1, 3).</summary>
internal static class SingleSlashes
{
    public static IApplicationBuilder UseSingleSlashes(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        var path = http.Request.Path.Value;
        if (path is not null && path.Contains("//", StringComparison.Ordinal))
        {
            while (path.Contains("//", StringComparison.Ordinal)) path = path.Replace("//", "/", StringComparison.Ordinal);
            http.Request.Path = path;
        }

        return next(http);
    });
}
