using System.Text.Json;

namespace ProSanteConnect.Tools.Phone;

/// <summary>Why a call failed: a problem of the API (RFC 9457), an OAuth error of the token endpoint, or no response.</summary>
/// <param name="Code">The last segment of the problem's type, or the OAuth error code.</param>
/// <param name="Status">The HTTP status; 0 when there was no response.</param>
/// <param name="Detail">A French sentence to show.</param>
public sealed record PhoneProblem(string Code, int Status, string Detail)
{
    /// <summary>No response: the network or the server is unavailable.</summary>
    public const string NoAnswer = "no-answer";

    /// <summary>The server's certificate is not trusted.</summary>
    public const string Untrusted = "untrusted-certificate";

    /// <summary>The response is not one of the API: another server or a proxy answered.</summary>
    public const string Unreadable = "unreadable-answer";

    /// <summary>The text is not an activation request, or one of another site.</summary>
    public const string NotARequest = "not-a-request";

    /// <summary>The key of this phone does not match the server's options.</summary>
    public const string CeremonyRefused = "ceremony-refused";

    /// <summary>The remaining attempts for the code or the PIN.</summary>
    public int? AttemptsLeft { get; init; }

    /// <summary>Why the e-CPS is inactive.</summary>
    public string? Reason { get; init; }

    /// <summary>Since when the e-CPS is inactive.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>How the approval request ended.</summary>
    public string? Outcome { get; init; }

    /// <summary>When another SMS can be requested.</summary>
    public DateTimeOffset? ResendAt { get; init; }

    /// <summary>The time to wait before a retry.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The incident number, for a search in the logs.</summary>
    public string? Incident { get; init; }

    /// <summary>Whether a later identical call may succeed.</summary>
    public bool MayPass => Code == NoAnswer || Status is 429 or >= 500;

    /// <summary>Whether no later call with this device token can succeed.</summary>
    public bool EndsDevice => Status == 401 || Code == "e-cps-inactive";

    /// <summary>Whether the running activation has ended.</summary>
    public bool EndsActivation => this is { Code: "activation-over" or "access_denied" } or { Code: "invalid_grant", AttemptsLeft: null };

    internal static PhoneProblem OfUnreadable(int status) => new(Unreadable, status, "La réponse du serveur n'est pas celle d'un service e-CPS.");
}

/// <summary>Reads an error response: a problem (RFC 9457), an OAuth error (RFC 6749, section 5.2), or the answer of a proxy.</summary>
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

/// <summary>French sentences for errors of the token endpoint, whose own descriptions are ASCII for developers (RFC 6749, section 5.2).</summary>
internal static class TokenSentences
{
    private const string StartAgain = "Recommencez avec un nouveau QR code.";

    public static PhoneProblem OfQrCode(PhoneProblem problem) => problem.Code switch
    {
        "invalid_grant" => problem with { Detail = "Ce QR code n'est pas une demande d'activation, ou il a déjà servi." },
        "expired_token" => problem with { Detail = "Ce QR code n'est plus valable." },
        _ => problem,
    };

    public static PhoneProblem OfCode(PhoneProblem problem) => problem switch
    {
        { Code: "authorization_pending" } => problem with { Detail = "Le code n'a pas encore été saisi sur l'ordinateur." },
        { Code: "slow_down" } => problem with { Detail = "Attendez quelques secondes avant de demander à nouveau." },
        { Code: "expired_token" } => problem with { Detail = "Le code n'est plus valable." },
        { Code: "access_denied" } => problem with { Detail = $"L'activation a été annulée, ou le code mal saisi trop de fois. {StartAgain}" },
        { Code: "invalid_grant", AttemptsLeft: { } left } => problem with { Detail = $"Code incorrect, il vous reste {left} {(left == 1 ? "essai" : "essais")}." },
        { Code: "invalid_grant" } => problem with { Detail = $"Cette activation est interrompue. {StartAgain}" },
        _ => problem,
    };
}
