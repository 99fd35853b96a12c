using System.Net;
using System.Net.Http.Json;
using AngleSharp.Html.Dom;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Server.Tests.Samples;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Server.Tests.Pages;

/// <summary>A sandbox whose limits do not end a measurement, on real sockets and with the real clock.</summary>
public sealed class MeasuredSandbox : SandboxOverTls
{
    protected override void Configure(WebApplicationBuilder builder)
    {
        builder.Configuration["RateLimits:SearchesPerAddressPerHour"] = "1000";
        // Above the time of the work on a busy machine of two cores, and short enough for a test.
        builder.Configuration["MinimumResponseTime:Directory"] = "00:00:00.250";
        builder.Configuration["MinimumResponseTime:Approval"] = "00:00:00.250";
    }
}

/// <summary>
/// The time of an answer does not disclose who is in the directory, nor who has an e-CPS (security-checklist T6, T7). The statistics
/// need the real clock: the class costs about ten seconds.
/// </summary>
public sealed class ResponseTimes(MeasuredSandbox sandbox) : IClassFixture<MeasuredSandbox>, IDisposable
{
    private const int Samples = 42;
    private const int AtOnce = 6;

    private static readonly HttpClientHandler Handler = new()
    {
        AllowAutoRedirect = false,
        ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator,
    };

    private readonly HttpClient _http = new(Handler, disposeHandler: false) { BaseAddress = new Uri($"https://localhost:{sandbox.HttpsPort}") };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _http.Dispose();

    [Fact]
    [Trait("Requirement", "T6")]
    public async Task A_request_to_a_phone_takes_the_same_time_for_a_holder_and_for_nobody()
    {
        await AddECpsAsync("898765000017");
        var page = await HtmlPage.ReadAsync(await _http.GetAsync(await SignInPageAsync(), Ct));
        var form = ((IHtmlButtonElement)page.Find("#se-connecter-e-cps")!).Form!;
        var token = form.QuerySelector("input[name=jeton]")!.GetAttribute("value")!;

        await AssertSameAsync(
            () => AskAsync("898765000017"),
            () => AskAsync("899700218896"),
            () => AskAsync("898765000025"));

        Task<HttpResponseMessage> AskAsync(string identifier) => _http.PostAsync(
            form.GetAttribute("action"), new FormUrlEncodedContent([new("identifiant", identifier), new("jeton", token)]), Ct);
    }

    [Fact]
    [Trait("Requirement", "T7")]
    public async Task A_search_for_an_RPPS_number_takes_the_same_time_for_each_failure()
    {
        await AddPeopleAsync();
        var n = 0;
        await AssertSameAsync(
            () => SearchAsync($"inconnu{Next()}@example.org", $"06398{Next():D5}"),
            () => SearchAsync($"connu{Next()}@example.org", $"06398{Next():D5}"),
            () => SearchAsync($"inconnu{Next()}@example.org", $"06397{Next():D5}"));

        // Each address and each number is searched once, because three searches are the limit.
        int Next() => Interlocked.Increment(ref n);

        Task<HttpResponseMessage> SearchAsync(string email, string phone) =>
            _http.PostAsJsonAsync("/ecps/v1/rpps-search", new { email, phone }, Ct);
    }

    // Two samples of one distribution differ by chance once in a hundred tests: only three differences in a row count.
    private static async Task AssertSameAsync(params Func<Task<HttpResponseMessage>>[] kinds)
    {
        await MeasureAsync(kinds, rounds: 1);

        var last = "";
        for (var attempt = 0; attempt < 3; attempt++)
        {
            var times = await MeasureAsync(kinds, Samples / AtOnce);
            var differences = times.Skip(1).Select(other => (Median: Math.Abs(Median(times[0]) - Median(other)), P: MannWhitney(times[0], other))).ToList();
            if (differences.All(d => d.Median < 5 || d.P > 0.01)) return;

            last = string.Join(", ", differences.Select(d => $"medians differ by {d.Median:F1} ms, p = {d.P:F4}"));
        }

        Assert.Fail($"The kinds can be told apart: {last}.");
    }

    private static async Task<List<double>[]> MeasureAsync(Func<Task<HttpResponseMessage>>[] kinds, int rounds)
    {
        var times = kinds.Select(_ => new List<double>()).ToArray();
        for (var round = 0; round < rounds; round++)
        {
            // The kinds are mixed at each moment, so that a busy machine delays all of them alike.
            await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async worker =>
            {
                for (var step = 0; step < kinds.Length; step++)
                {
                    var kind = (worker + step + round) % kinds.Length;
                    var begun = TimeProvider.System.GetTimestamp();
                    using var response = await kinds[kind]();
                    Assert.True(response.StatusCode is HttpStatusCode.SeeOther or HttpStatusCode.NotFound, $"Answered {response.StatusCode}.");
                    lock (times) times[kind].Add(TimeProvider.System.GetElapsedTime(begun).TotalMilliseconds);
                }
            }));
        }

        return times;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    /// <summary>The two-sided p-value of the Mann–Whitney U test, by its normal approximation (for more than 20 values each).</summary>
    private static double MannWhitney(List<double> a, List<double> b)
    {
        var u = a.Sum(x => b.Sum(y => x > y ? 1 : x < y ? 0 : 0.5));
        double n = a.Count, m = b.Count;
        var z = Math.Abs(u - n * m / 2) / Math.Sqrt(n * m * (n + m + 1) / 12);
        // Abramowitz and Stegun, 26.2.17.
        var t = 1 / (1 + 0.2316419 * z);
        var tail = Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI)
            * t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
        return 2 * tail;
    }

    [Fact]
    public void The_statistics_find_a_difference_of_ten_milliseconds()
    {
        var (some, others, later) = (Sample(7919, 0), Sample(6151, 0), Sample(7919, 10));

        Assert.InRange(MannWhitney(some, others), 0.01, 1);
        Assert.InRange(MannWhitney(some, later), 0, 0.001);

        // Spread over ten milliseconds by a step that is prime to 101.
        static List<double> Sample(int step, double offset) => [.. Enumerable.Range(1, Samples).Select(n => 250 + offset + n * step % 101 / 10.0)];
    }

    private async Task<string> SignInPageAsync()
    {
        using var start = await _http.GetAsync("/connexion", Ct);
        return $"{start.Headers.Location}&moyen=e-cps";
    }

    private async Task AddPeopleAsync()
    {
        await using var db = sandbox.Services.GetRequiredService<PscDbFactory>().Create();
        for (var n = 0; n < 1000; n++)
        {
            var practitioner = Build.Practitioner($"8222{n:D8}");
            (practitioner.ContactEmail, practitioner.ContactPhone) = ($"connu{n}@example.org", $"+336397{n:D5}");
            db.Add(practitioner);
        }

        await db.SaveChangesAsync(Ct);
    }

    private async Task AddECpsAsync(string nationalId)
    {
        await using var db = sandbox.Services.GetRequiredService<PscDbFactory>().Create();
        var holder = db.Practitioners.Single(p => p.NationalId == nationalId);
        db.Add(Build.ECps(holder, TimeProvider.System.GetUtcNow()));
        await db.SaveChangesAsync(Ct);
    }
}
