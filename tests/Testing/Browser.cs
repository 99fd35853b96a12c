using System.Net;
using System.Web;

namespace ProSanteConnect.Testing;

/// <summary>
/// A browser as a server sees it: it keeps cookies, names itself, and shows each redirect instead of following it, so that a
/// test can look at every step.
/// </summary>
public sealed class Browser : IDisposable
{
    public const string UserAgent = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0";

    private readonly PscApp _app;

    public Browser(PscApp app)
    {
        _app = app;
        Http = new HttpClient(new CookieHandler(app.Server.CreateHandler(), Cookies)) { BaseAddress = new Uri(app.Wallet) };
        Http.DefaultRequestHeaders.UserAgent.ParseAdd(UserAgent);
    }

    public CookieContainer Cookies { get; } = new();

    public HttpClient Http { get; }

    /// <summary>Sends GET, and follows redirects until one leaves the provider or leads to its sign-in page.</summary>
    public async Task<HttpResponseMessage> FollowAsync(string url) => await FollowAsync(await Http.GetAsync(url));

    /// <summary>The same, starting from a response.</summary>
    public async Task<HttpResponseMessage> FollowAsync(HttpResponseMessage response)
    {
        for (var hop = 0; hop < 8 && response.Headers.Location is not null; hop++)
        {
            var next = TargetOf(response);
            var origin = next.GetLeftPart(UriPartial.Authority);
            if ((origin != PscApp.Origin && origin != _app.Wallet) || next.AbsolutePath == "/connexion") return response;

            response = await Http.GetAsync(next);
        }

        return response;
    }

    /// <summary>Whether an answer leads to the sign-in page.</summary>
    public static bool IsSignInPage(HttpResponseMessage response) =>
        response.Headers.Location is not null && TargetOf(response).AbsolutePath == "/connexion";

    /// <summary>The sign-in request whose page a response leads to.</summary>
    public static Guid SignInRequestIdOf(HttpResponseMessage response) => IsSignInPage(response)
        ? Guid.Parse(HttpUtility.ParseQueryString(TargetOf(response).Query)["demande"]!)
        : throw new InvalidOperationException($"{(int)response.StatusCode} leads to {response.Headers.Location} and not to the sign-in page.");

    private static Uri TargetOf(HttpResponseMessage response) => new(response.RequestMessage!.RequestUri!, response.Headers.Location!);

    public void Dispose() => Http.Dispose();

    private sealed class CookieHandler(HttpMessageHandler inner, CookieContainer cookies) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var header = cookies.GetCookieHeader(request.RequestUri!);
            if (header.Length > 0) request.Headers.Add("Cookie", header);

            var response = await base.SendAsync(request, cancellationToken);
            if (response.Headers.TryGetValues("Set-Cookie", out var values))
            {
                foreach (var value in values) cookies.SetCookies(request.RequestUri!, value);
            }

            return response;
        }
    }
}
