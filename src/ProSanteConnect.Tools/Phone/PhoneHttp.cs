using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Authentication;
using System.Text.Json;

namespace ProSanteConnect.Tools.Phone;

/// <summary>One place that speaks HTTP: answers are JSON, refusals are problems, and so is no answer at all.</summary>
internal sealed class PhoneHttp(HttpClient http, Uri origin, TimeProvider clock)
{
    private const string Base = "/ecps/v1";
    private const string TokenEndpoint = "/auth/realms/esante-wallet/protocol/openid-connect/token";
    private const string ClientId = "ecps-app";
    private const string GrantTypes = "urn:prosanteconnect:params:oauth:grant-type:";

    /// <summary>A call of the API; the token, if any, is sent as Bearer.</summary>
    public Task<PhoneAnswer<T>> CallAsync<T>(HttpMethod method, string path, string? token, object? body, CancellationToken ct) where T : class =>
        AnswerAsync<T>(Request(method, Base + path, token, body is null ? null : JsonContent.Create(body, options: PhoneJson.Api)), PhoneJson.Api, ct);

    /// <summary>A call of the token endpoint.</summary>
    public async Task<PhoneAnswer<T>> GrantAsync<T>(
        string grantType, IEnumerable<KeyValuePair<string, string>> fields, Func<PhoneProblem, PhoneProblem> inFrench, CancellationToken ct) where T : class
    {
        KeyValuePair<string, string>[] form = [new("grant_type", GrantTypes + grantType), new("client_id", ClientId), .. fields];
        var answer = await AnswerAsync<T>(Request(HttpMethod.Post, TokenEndpoint, token: null, new FormUrlEncodedContent(form)), PhoneJson.Token, ct);
        return answer.Problem is { } problem ? inFrench(problem) : answer;
    }

    /// <summary>Opens the stream of events; the caller disposes the response.</summary>
    public async Task<PhoneAnswer<HttpResponseMessage>> OpenStreamAsync(string path, string? token, CancellationToken ct)
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

    private async Task<PhoneAnswer<T>> AnswerAsync<T>(HttpRequestMessage request, JsonSerializerOptions spelling, CancellationToken ct) where T : class
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

    private async Task<PhoneAnswer<HttpResponseMessage>> SendAsync(HttpRequestMessage request, HttpCompletionOption completion, CancellationToken ct)
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
