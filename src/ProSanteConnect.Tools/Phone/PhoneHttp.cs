using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Authentication;
using System.Text.Json;
using System.Text.Json.Serialization;
using ProSanteConnect.Core.Devices;

namespace ProSanteConnect.Tools.Phone;

/// <summary>The HTTP client of the phone: responses are JSON; every failure, including no response, is a <see cref="PhoneProblem"/>.</summary>
internal sealed class PhoneHttp(HttpClient http, Uri origin, TimeProvider clock)
{
    private const string Base = "/ecps/v1";
    private const string TokenEndpoint = "/auth/realms/esante-wallet/protocol/openid-connect/token";
    private const string ClientId = "ecps-app";
    private const string GrantTypes = "urn:prosanteconnect:params:oauth:grant-type:";

    /// <summary>Calls the API; the token, if any, is sent as a Bearer token.</summary>
    public Task<PhoneResult<T>> CallAsync<T>(HttpMethod method, string path, string? token, object? body, CancellationToken ct) where T : class =>
        AnswerAsync<T>(Request(method, Base + path, token, body is null ? null : JsonContent.Create(body, options: PhoneJson.Api)), PhoneJson.Api, ct);

    /// <summary>Calls the token endpoint.</summary>
    public async Task<PhoneResult<T>> GrantAsync<T>(
        string grantType, IEnumerable<KeyValuePair<string, string>> fields, Func<PhoneProblem, PhoneProblem> inFrench, CancellationToken ct) where T : class
    {
        KeyValuePair<string, string>[] form = [new("grant_type", GrantTypes + grantType), new("client_id", ClientId), .. fields];
        var answer = await AnswerAsync<T>(Request(HttpMethod.Post, TokenEndpoint, token: null, new FormUrlEncodedContent(form)), PhoneJson.Token, ct);
        return answer.Problem is { } problem ? inFrench(problem) : answer;
    }

    /// <summary>Opens the event stream; the caller disposes the response.</summary>
    public async Task<PhoneResult<HttpResponseMessage>> OpenStreamAsync(string path, string? token, CancellationToken ct)
    {
        using var request = Request(HttpMethod.Get, Base + path, token, content: null);
        request.Headers.Accept.ParseAdd("text/event-stream");
        return await SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
    }

    private HttpRequestMessage Request(HttpMethod method, string path, string? token, HttpContent? content)
    {
        var request = new HttpRequestMessage(method, new Uri(origin, path)) { Content = content };
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return request;
    }

    private async Task<PhoneResult<T>> AnswerAsync<T>(HttpRequestMessage request, JsonSerializerOptions spelling, CancellationToken ct) where T : class
    {
        using (request)
        {
            var sent = await SendAsync(request, HttpCompletionOption.ResponseContentRead, ct);
            if (sent.Problem is { } problem) return problem;

            using var response = sent.Value;
            try
            {
                var content = await response.Content.ReadAsStringAsync(ct);
                return JsonSerializer.Deserialize<T>(content is "" ? "{}" : content, spelling) ?? throw new JsonException("null");
            }
            catch (JsonException)
            {
                return PhoneProblem.OfUnreadable((int)response.StatusCode);
            }
        }
    }

    private async Task<PhoneResult<HttpResponseMessage>> SendAsync(HttpRequestMessage request, HttpCompletionOption completion, CancellationToken ct)
    {
        try
        {
            var response = await http.SendAsync(request, completion, ct);
            if (response.IsSuccessStatusCode) return response;

            using (response) return await ProblemReader.ReadAsync(response, clock.GetUtcNow(), ct);
        }
        catch (HttpRequestException failure) when (failure.InnerException is AuthenticationException)
        {
            return new PhoneProblem(PhoneProblem.Untrusted, Status: 0, $"Le certificat de {Server} n'est pas de confiance.");
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            return new PhoneProblem(PhoneProblem.NoAnswer, Status: 0, $"{Server} ne répond pas : {failure.GetBaseException().Message}");
        }
    }

    private string Server => origin.GetLeftPart(UriPartial.Authority);
}

/// <summary>The JSON naming policies: camelCase in the API, snake_case at the token endpoint.</summary>
internal static class PhoneJson
{
    public static JsonSerializerOptions Api { get; } = Spelled(JsonNamingPolicy.CamelCase);

    public static JsonSerializerOptions Token { get; } = Spelled(JsonNamingPolicy.SnakeCaseLower);

    /// <summary>The API's policy, indented for the state file.</summary>
    public static JsonSerializerOptions StateFile { get; } = new(Api) { WriteIndented = true };

    // A missing member makes the response unreadable instead of causing a null reference later.
    private static JsonSerializerOptions Spelled(JsonNamingPolicy names) => new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = names,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters =
        {
            new JsonStringEnumConverter<ActivationMode>(JsonNamingPolicy.SnakeCaseLower),
            new JsonStringEnumConverter<ECpsAction>(JsonNamingPolicy.KebabCaseLower),
        },
    };
}

/// <summary>The result of a call: either the value or the problem.</summary>
public sealed record PhoneResult<T> where T : class
{
    private readonly T? _value;

    private PhoneResult(T? value, PhoneProblem? problem) => (_value, Problem) = (value, problem);

    /// <summary>The problem; null when the call succeeded.</summary>
    public PhoneProblem? Problem { get; }

    /// <summary>The value.</summary>
    /// <exception cref="InvalidOperationException">The call failed; see <see cref="Problem"/>.</exception>
    public T Value => _value ?? throw new InvalidOperationException($"{Problem}");

    public static implicit operator PhoneResult<T>(T value) => new(value, null);

    public static implicit operator PhoneResult<T>(PhoneProblem problem) => new(null, problem);
}

/// <summary>A response without content.</summary>
public sealed record Done;

/// <summary>The response to a scanned QR code: the pairing token. Times are in seconds.</summary>
public sealed record Pairing(string AccessToken, int ExpiresIn, ActivationMode ActivationMode, string Holder)
{
    /// <summary>Six digits that the holder types on the computer (activation by card only).</summary>
    public string? PairingCode { get; init; }

    public int? CodeExpiresIn { get; init; }

    /// <summary>The polling interval in seconds.</summary>
    public int Interval { get; init; } = 2;

    /// <summary>The masked telephone number of the directory (activation by contact details only).</summary>
    public string? MaskedPhone { get; init; }

    public override string ToString() => nameof(Pairing);
}

/// <summary>The response to the right code: the token that enrols this phone. Times are in seconds.</summary>
public sealed record EnrolmentToken(string AccessToken, int ExpiresIn)
{
    public override string ToString() => nameof(EnrolmentToken);
}

/// <summary>The holder and the mode of an activation, read from its QR code.</summary>
public sealed record Inspection(ActivationMode Mode, string Holder, DateTimeOffset ExpiresAt);

/// <summary>The RPPS number found by mail address and telephone number.</summary>
public sealed record FoundRpps(string Rpps);

/// <summary>The progress of the activation: <c>scanned</c>, <c>confirmed</c>, <c>completed</c> or <c>cancelled</c>.</summary>
public sealed record ActivationProgress(ActivationMode Mode, string Status, string Holder, DateTimeOffset ExpiresAt, int PinLength)
{
    public DateTimeOffset? CodeExpiresAt { get; init; }

    public int? AttemptsLeft { get; init; }

    public int? CodeSendsLeft { get; init; }

    public DateTimeOffset? ResendAt { get; init; }

    public string? MaskedPhone { get; init; }

    /// <summary>The phone whose e-CPS this one replaces, if any.</summary>
    public string? Replaces { get; init; }
}

/// <summary>An SMS with a code was sent.</summary>
public sealed record SentCode(string MaskedPhone, DateTimeOffset CodeExpiresAt, DateTimeOffset ResendAt, int SendsLeft);

/// <summary>A new e-CPS with the device token of this phone.</summary>
public sealed record EnrolledJson(HeldECps ECps, string DeviceToken, DateTimeOffset DeviceTokenExpiresAt)
{
    public override string ToString() => $"{nameof(EnrolledJson)} {{ {ECps} }}";
}

/// <summary>An active e-CPS, as shown to its phone.</summary>
public sealed record HeldECps(
    string Id, string Holder, string NationalId, DateTimeOffset ActivatedAt, DateTimeOffset ExpiresAt, bool Renewable, ActivationMode Mode,
    string DeviceName, int PinLength, int AttemptsLeft, bool Push)
{
    public string? Profession { get; init; }

    /// <summary>Until when requests of unknown browsers are stopped; null when they are not.</summary>
    public DateTimeOffset? FrozenUntil { get; init; }
}

/// <summary>A deactivated e-CPS.</summary>
public sealed record InactiveECps(string Reason, DateTimeOffset? Since = null);

/// <summary>The actions on an e-CPS that need a signature of the phone's key.</summary>
public enum ECpsAction
{
    /// <summary>"Supprimer ma e-CPS".</summary>
    Delete,

    /// <summary>"Mot de passe oublié".</summary>
    ForgottenPin,

    Renew,

    /// <summary>"Lever le blocage".</summary>
    LiftFreeze,
}

/// <summary>A new device token; the former one stays valid until the new one is first used.</summary>
public sealed record NewDeviceToken(string DeviceToken, DateTimeOffset DeviceTokenExpiresAt)
{
    public override string ToString() => nameof(NewDeviceToken);
}

/// <summary>A pending approval request.</summary>
public sealed record WaitingRequest(
    string Id, string Application, string Browser, string Place, DateTimeOffset StartedAt, DateTimeOffset ExpiresAt, bool KnownBrowser);

public sealed record WaitingRequests(IReadOnlyList<WaitingRequest> Requests);

/// <summary>The outcome of an approval request, and, if its browser is on the same phone, the page to return to.</summary>
public sealed record Answered(string Outcome, Uri? ReturnUri = null);

public sealed record HistoryEntry(DateTimeOffset At, string Event, string Sentence)
{
    public string? Application { get; init; }

    public string? Place { get; init; }

    public string? Browser { get; init; }
}

public sealed record History(IReadOnlyList<HistoryEntry> Entries);

/// <summary>The server's public key for Web Push (RFC 8292), in base64url.</summary>
public sealed record PushKeyJson(string PublicKey);

/// <summary>A subscription of the phone's push service (RFC 8030, RFC 8291).</summary>
public sealed record PushSubscriptionJson(Uri Endpoint, PushSubscriptionKeys Keys);

public sealed record PushSubscriptionKeys(string P256dh, string Auth);
