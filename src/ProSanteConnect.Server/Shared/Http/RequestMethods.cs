using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Extensions.Options;
using ProSanteConnect.Server.Shared.Errors;

namespace ProSanteConnect.Server.Shared.Http;

/// <summary>The methods of paths that are no endpoints of routing; a feature adds its own.</summary>
internal sealed class RequestMethodOptions
{
    public Dictionary<string, string[]> ByPath { get; } = new(StringComparer.OrdinalIgnoreCase);
}

/// <summary>Marks the endpoint that answers what no other endpoint below a prefix matches.</summary>
internal sealed record FallbackMarker(string Prefix);

/// <summary>The request is HEAD, and is answered as GET.</summary>
internal sealed class HeadRequest;

/// <summary>The semantics of methods: HEAD as GET without a body, and 405 with <c>Allow</c> (RFC 9110, sections 9.3.2 and 15.5.6).</summary>
internal static class RequestMethods
{
    private static readonly string[] OfPages = [HttpMethods.Get, HttpMethods.Post];

    /// <summary>Answers HEAD as GET without a body; goes before routing.</summary>
    public static IApplicationBuilder UseHeadAsGet(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await next(http);
            return;
        }

        http.Features.Set(new HeadRequest());
        http.Request.Method = HttpMethods.Get;
        http.Response.Body = Stream.Null;
        try
        {
            await next(http);
        }
        finally
        {
            // The server must know that the response of a HEAD request has no body.
            http.Request.Method = HttpMethods.Head;
        }
    });

    /// <summary>Refuses methods that the path does not have; goes after routing and CORS.</summary>
    public static IApplicationBuilder UseAllowedMethods(this IApplicationBuilder app)
    {
        var byPath = app.ApplicationServices.GetRequiredService<IOptions<RequestMethodOptions>>().Value.ByPath;
        return app.Use(next => http => AllowedFor(http, byPath) is { } allowed && !allowed.Contains(http.Request.Method, StringComparer.OrdinalIgnoreCase)
            ? RefuseAsync(http, allowed)
            : next(http));
    }

    /// <summary>The methods of a path; null when the endpoint itself decides.</summary>
    private static IReadOnlyList<string>? AllowedFor(HttpContext http, Dictionary<string, string[]> byPath)
    {
        if (byPath.TryGetValue(http.Request.Path.Value?.TrimEnd('/') ?? "", out var ofPath)) return ofPath;

        var endpoint = http.GetEndpoint()?.Metadata;
        if (endpoint?.GetMetadata<PageActionDescriptor>() is not null) return OfPages;

        return endpoint?.GetMetadata<FallbackMarker>() is { } group && MethodsOf(http, group.Prefix) is { Count: > 0 } methods ? methods : null;
    }

    // Routing chooses the fallback of a group when an endpoint matches the path and not the method.
    private static List<string> MethodsOf(HttpContext http, string prefix) =>
    [
        .. http.RequestServices.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<FallbackMarker>() is null && endpoint.RoutePattern.RawText?.StartsWith(prefix, StringComparison.Ordinal) == true)
            .Where(endpoint => new TemplateMatcher(TemplateParser.Parse(endpoint.RoutePattern.RawText!.TrimStart('/')), []).TryMatch(http.Request.Path, []))
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [])
            .Distinct(),
    ];

    private static Task RefuseAsync(HttpContext http, IReadOnlyList<string> allowed)
    {
        IEnumerable<string> complete = allowed.Contains(HttpMethods.Get) ? [HttpMethods.Get, HttpMethods.Head, .. allowed.Where(method => method != HttpMethods.Get)] : allowed;
        http.Response.Headers.Allow = string.Join(", ", complete);
        if (HttpMethods.IsOptions(http.Request.Method))
        {
            http.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        }

        var refusal = new OAuthError(StatusCodes.Status405MethodNotAllowed, "invalid_request", $"This address accepts {http.Response.Headers.Allow}.");
        if (!ResponseFormat.IsPerson(http.Request)) return refusal.WriteAsync(http);

        refusal.Begin(http.Response);
        return Task.CompletedTask;
    }
}
