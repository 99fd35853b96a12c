using System.Text;
using Microsoft.Net.Http.Headers;
using ProSanteConnect.Server.Shared.Errors;

namespace ProSanteConnect.Server.Shared.Http;

/// <summary>
/// Checks <c>Content-Type</c> before a body is read, because the form and JSON readers throw on a header that they cannot use: malformed is 400, an
/// unknown or unsafe charset 415 (RFC 9110, sections 8.3 and 15.5.16). A charset in quotes is a charset.
/// </summary>
internal static class ContentTypes
{
    /// <summary>Goes after what shows the error page and before everything that reads a body.</summary>
    public static IApplicationBuilder UseContentTypes(this IApplicationBuilder app) => app.Use(next => http =>
    {
        if (http.Request.ContentType is not { Length: > 0 } sent) return next(http);
        if (!MediaTypeHeaderValue.TryParse(sent, out var type)) return RefuseAsync(http, StatusCodes.Status400BadRequest, "The Content-Type is malformed.");
        if (!type.Charset.HasValue) return next(http);

        var charset = HeaderUtilities.RemoveQuotes(type.Charset).ToString();
        if (!IsKnown(charset)) return RefuseAsync(http, StatusCodes.Status415UnsupportedMediaType, "The charset of the Content-Type is not supported; use UTF-8.");

        type.Charset = charset;
        http.Request.ContentType = type.ToString();
        return next(http);
    });

    private static bool IsKnown(string charset)
    {
        try
        {
            // UTF-7 is known and disabled in .NET.
            return Encoding.GetEncoding(charset) is not null;
        }
        catch (Exception unusable) when (unusable is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    private static Task RefuseAsync(HttpContext http, int status, string description)
    {
        var refusal = new OAuthError(status, "invalid_request", description);
        if (!ResponseFormat.IsPerson(http.Request)) return refusal.WriteAsync(http);

        refusal.Begin(http.Response);
        return Task.CompletedTask;
    }
}
