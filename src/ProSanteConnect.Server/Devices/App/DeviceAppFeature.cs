namespace ProSanteConnect.Server.Devices.App;

/// <summary>Serves the phone app under <c>/app/</c>: the static files of another project, and its start page.</summary>
internal static class DeviceAppFeature
{
    private const string Base = "/app";
    private const string StartPage = "app/index.html";

    public static void MapDeviceApp(this IEndpointRouteBuilder app) => app.MapGet(Base, Show).ExcludeFromDescription();

    // With the slash it is a folder: the addresses in the page are relative to it. Routing itself makes no difference.
    private static IResult Show(HttpContext http, IWebHostEnvironment environment)
    {
        if (!http.Request.Path.Value!.EndsWith('/')) return TypedResults.Redirect(Base + "/");

        http.Response.Headers.CacheControl = "no-cache";
        return TypedResults.Stream(environment.WebRootFileProvider.GetFileInfo(StartPage).CreateReadStream(), "text/html; charset=utf-8");
    }
}
