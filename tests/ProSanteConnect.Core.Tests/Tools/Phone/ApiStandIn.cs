using System.Net;
using System.Text;
using ProSanteConnect.Tools.Phone;

namespace ProSanteConnect.Core.Tests.Tools.Phone;

/// <summary>A server that answers each call as a test wrote it down, and records what was asked. The last answer of a call stays.</summary>
internal sealed class ApiStandIn
{
    public const string Token = "POST /auth/realms/esante-wallet/protocol/openid-connect/token";

    private readonly Dictionary<string, Queue<Func<HttpResponseMessage>>> _answers = [];

    public List<Call> Calls { get; } = [];

    public ApiStandIn Answers(string call, int status, string json, string? retryAfter = null) => Answers(call, () =>
    {
        var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        if (retryAfter is not null) response.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
        return response;
    });

    public ApiStandIn Answers(string call, Func<HttpResponseMessage> answer)
    {
        if (!_answers.TryGetValue(call, out var answers)) _answers[call] = answers = [];
        answers.Enqueue(answer);
        return this;
    }

    /// <summary>A stream of events that ends after this text.</summary>
    public ApiStandIn Streams(string text) => Answers("GET /ecps/v1/events", () =>
        new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(text, Encoding.UTF8, "text/event-stream") });

    public SoftwarePhone Phone(TimeProvider clock, PhoneState? state = null) =>
        new(new HttpClient(Line()), state ?? new PhoneState(PhoneStates.Origin), clock);

    /// <summary>A way to this server.</summary>
    public HttpMessageHandler Line() => new LineTo(this);

    private async Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage request, CancellationToken ct)
    {
        var name = $"{request.Method} {request.RequestUri!.AbsolutePath}";
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(ct);
        Calls.Add(new Call(name, request.Headers.Authorization?.ToString(), body));
        if (!_answers.TryGetValue(name, out var answers)) throw new HttpRequestException($"Nobody answers {name}.");

        return (answers.Count > 1 ? answers.Dequeue() : answers.Peek())();
    }

    private sealed class LineTo(ApiStandIn api) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct) => api.AnswerAsync(request, ct);
    }

    internal sealed record Call(string Name, string? Authorization, string Body);
}
