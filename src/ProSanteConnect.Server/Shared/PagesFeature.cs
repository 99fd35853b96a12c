using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Localization;
using Microsoft.Extensions.WebEncoders;
using ProSanteConnect.Server.Shared.Errors;
using ProSanteConnect.Server.Shared.Http;
using ProSanteConnect.Server.Shared.Text;

namespace ProSanteConnect.Server.Shared;

/// <summary>What all pages share: Razor Pages in feature folders, French and English, one stylesheet.</summary>
internal static class PagesFeature
{
    private static readonly string[] Languages = ["fr", "en"];

    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.AddRazorPages(options => options.RootDirectory = "/")
            .AddMvcOptions(options => options.Filters.Add<MarkStalePage>());

        // Letters with accents are not escaped; only characters with a meaning in HTML are.
        services.Configure<WebEncoderOptions>(options => options.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        services.AddAntiforgery(options =>
        {
            options.Cookie = new HostCookieBuilder { Name = "__Host-psc-form" };
            options.FormFieldName = "jeton";
            // SecurityHeaders writes X-Frame-Options for every response.
            options.SuppressXFrameOptionsHeader = true;
        });
        services.AddRequestLocalization(options =>
        {
            options.SetDefaultCulture(Languages[0]).AddSupportedCultures(Languages).AddSupportedUICultures(Languages);
            options.RequestCultureProviders = [new UiLocales(), new AcceptLanguageHeaderRequestCultureProvider()];
        });
        services.AddOptionsWithValidateOnStart<ErrorPageOptions>().BindConfiguration("ErrorPage");
        return services;
    }

    /// <summary>Sets the language of the request, and shows the error page for a refusal without a body; goes before routing.</summary>
    public static IApplicationBuilder UsePages(this IApplicationBuilder app) =>
        // The language comes first: the error page is executed without the query of the failed request.
        app.UseRequestLocalization().UseStatusCodePagesWithReExecute(ErrorModel.Path);

    public static void MapPages(this IEndpointRouteBuilder app)
    {
        app.MapStaticAssets();
        app.MapRazorPages().WithStaticAssets();
    }
}
