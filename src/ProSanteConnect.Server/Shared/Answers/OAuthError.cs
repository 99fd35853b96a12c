using System.Net.Mime;
using System.Text.Json;
using ProSanteConnect.Server.Shared.Errors;

namespace ProSanteConnect.Server.Shared.Answers;

/// <summary>
/// A refusal as a program reads it (RFC 6749, section 5.2; the description is ASCII without quotes). An incident is what the
/// log knows more of, and its number is told.
/// </summary>
internal sealed record OAuthError(int Status, string Error, string Description, TimeSpan? RetryAfter = null, bool IsIncident = false)
{
    /// <summary>What stands before any body; a person is then shown the error page.</summary>
    public void Begin(HttpResponse response)
    {
        response.StatusCode = Status;
        if (RetryAfter is { } wait) response.Headers.RetryAfter = $"{Math.Ceiling(wait.TotalSeconds)}";
    }

    public Task WriteAsync(HttpContext context)
    {
        Begin(context.Response);
        if (HttpMethods.IsHead(context.Request.Method)) return Task.CompletedTask;

        var description = IsIncident ? $"{Description} Incident {IncidentNumber.Of(context)}." : Description;
        return Reader.ReadsProblems(context.Request) ? WriteProblemAsync(context, description) : WriteOAuthAsync(context, description);
    }

    private Task WriteOAuthAsync(HttpContext context, string description)
    {
        context.Response.ContentType = MediaTypeNames.Application.Json;
        return context.Response.WriteAsync(
            $$"""{"error":"{{JsonEncodedText.Encode(Error)}}","error_description":"{{JsonEncodedText.Encode(description)}}"}""");
    }

    // RFC 9457, as everything that the API of the phone refuses; the code is the same word with hyphens.
    private Task WriteProblemAsync(HttpContext context, string description)
    {
        context.Response.ContentType = MediaTypeNames.Application.ProblemJson;
        var members = new Dictionary<string, object>
        {
            ["type"] = ProblemType.Of(Error.Replace('_', '-')),
            ["status"] = Status,
            ["detail"] = description,
        };
        if (IsIncident) members["incident"] = IncidentNumber.Of(context);
        return context.Response.WriteAsync(JsonSerializer.Serialize(members));
    }
}

/// <summary>The <c>type</c> of a problem (RFC 9457, section 3.1.1): a name of ours, since nobody need fetch a page to read it.</summary>
internal static class ProblemType
{
    public const string Prefix = "urn:prosanteconnect:problem:";

    public static string Of(string code) => Prefix + code;
}
