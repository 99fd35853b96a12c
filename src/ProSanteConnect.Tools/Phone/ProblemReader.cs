using System.Text.Json;

namespace ProSanteConnect.Tools.Phone;

/// <summary>Reads a refusal: a problem (RFC 9457), an OAuth error (RFC 6749, section 5.2), or what a proxy put in its place.</summary>
internal static class ProblemReader
{
    private const string TypePrefix = "urn:prosanteconnect:problem:";

    public static async Task<PhoneProblem> ReadAsync(HttpResponseMessage response, DateTimeOffset now, CancellationToken ct)
    {
        var status = (int)response.StatusCode;
        var members = Parse(await response.Content.ReadAsStringAsync(ct));
        return new PhoneProblem(
            Code(members) ?? $"http-{status}",
            status,
            Text(members, "detail") ?? Text(members, "error_description") ?? Text(members, "title") ?? $"Le serveur a répondu {status}, sans explication.")
        {
            AttemptsLeft = Number(members, "attemptsLeft") ?? Number(members, "attempts_left"),
            Reason = Text(members, "reason"),
            Since = Instant(members, "since"),
            Outcome = Text(members, "outcome"),
            ResendAt = Instant(members, "resendAt"),
            Incident = Text(members, "incident") ?? Text(members, "traceId"),
            RetryAfter = response.Headers.RetryAfter is { } retry ? retry.Delta ?? retry.Date - now : null,
        };
    }

    private static JsonElement Parse(string content)
    {
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(content);
        }
        catch (JsonException)
        {
            return default;
        }
    }

    private static string? Code(JsonElement members) =>
        Text(members, "type") is { } type && type.StartsWith(TypePrefix, StringComparison.Ordinal) ? type[TypePrefix.Length..] : Text(members, "error");

    private static string? Text(JsonElement members, string name) =>
        Member(members, name, JsonValueKind.String)?.GetString() is { Length: > 0 } text ? text : null;

    private static int? Number(JsonElement members, string name) =>
        Member(members, name, JsonValueKind.Number) is { } number && number.TryGetInt32(out var value) ? value : null;

    private static DateTimeOffset? Instant(JsonElement members, string name) =>
        Member(members, name, JsonValueKind.String) is { } text && text.TryGetDateTimeOffset(out var instant) ? instant : null;

    private static JsonElement? Member(JsonElement members, string name, JsonValueKind kind) =>
        members.ValueKind == JsonValueKind.Object && members.TryGetProperty(name, out var value) && value.ValueKind == kind ? value : null;
}
