using System.Text.Json;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Server.Tests.Devices;

/// <summary>The OpenAPI document of the phone's API.</summary>
public sealed class DescribedApi
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_document_lists_the_API_and_the_two_grants_and_nothing_else()
    {
        await using var app = await PscApp.StartAsync();

        using var document = JsonDocument.Parse(await app.Http().GetStringAsync("/openapi/ecps.json", Ct));
        var paths = document.RootElement.GetProperty("paths").EnumerateObject().Select(path => path.Name).Order(StringComparer.Ordinal);

        Assert.Equal(
            [
                "/auth/realms/esante-wallet/protocol/openid-connect/token",
                "/ecps/v1/activation", "/ecps/v1/activation-requests", "/ecps/v1/activation/inspect", "/ecps/v1/activation/sms",
                "/ecps/v1/device-token", "/ecps/v1/e-cps", "/ecps/v1/e-cps/challenge", "/ecps/v1/e-cps/deactivate", "/ecps/v1/e-cps/lift-freeze", "/ecps/v1/e-cps/renew",
                "/ecps/v1/enrolment", "/ecps/v1/enrolment/options", "/ecps/v1/events", "/ecps/v1/history", "/ecps/v1/push-key",
                "/ecps/v1/push-subscription", "/ecps/v1/requests", "/ecps/v1/requests/{id}", "/ecps/v1/requests/{id}/approve",
                "/ecps/v1/requests/{id}/challenge", "/ecps/v1/requests/{id}/deny", "/ecps/v1/rpps-search",
            ],
            paths);
    }

    [Fact]
    public async Task Each_call_says_which_token_it_asks_for_and_what_it_answers()
    {
        await using var app = await PscApp.StartAsync();

        using var document = JsonDocument.Parse(await app.Http().GetStringAsync("/openapi/ecps.json", Ct));
        var paths = document.RootElement.GetProperty("paths");

        Assert.Equal("ecps-device", SecurityOf(paths.GetProperty("/ecps/v1/requests/{id}/approve").GetProperty("post")));
        Assert.Equal("ecps-activation", SecurityOf(paths.GetProperty("/ecps/v1/enrolment").GetProperty("post")));
        Assert.False(paths.GetProperty("/ecps/v1/rpps-search").GetProperty("post").TryGetProperty("security", out _));
        foreach (var path in paths.EnumerateObject())
        {
            foreach (var operation in path.Value.EnumerateObject().Where(member => member.Name is "get" or "post" or "put" or "delete"))
            {
                Assert.NotEmpty(operation.Value.GetProperty("summary").GetString()!);
                Assert.NotEmpty(operation.Value.GetProperty("responses").EnumerateObject());
            }
        }
    }

    [Fact]
    public async Task Every_problem_of_the_code_stands_in_the_prose()
    {
        await using var app = await PscApp.StartAsync();

        using var document = JsonDocument.Parse(await app.Http().GetStringAsync("/openapi/ecps.json", Ct));
        var prose = document.RootElement.GetProperty("info").GetProperty("description").GetString()!;

        Assert.Each(ProblemCodes.All, code => Assert.Contains($"`{code}`", prose, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("POST", "/ecps/v1/rpps-search", "{", 400, "invalid-request")]
    [InlineData("POST", "/ecps/v1/rpps-search", "[]", 400, "invalid-request")]
    [InlineData("GET", "/ecps/v1/nulle-part", null, 404, "address-unknown")]
    public async Task What_cannot_be_read_is_a_problem_too(string method, string path, string? body, int status, string code)
    {
        await using var app = await PscApp.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null) request.Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");

        using var response = await app.Http().SendAsync(request, Ct);

        Assert.Equal((status, "application/problem+json"), ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        Assert.Contains($"urn:prosanteconnect:problem:{code}\"", await response.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    private static string SecurityOf(JsonElement operation) =>
        operation.GetProperty("security").EnumerateArray().Single().EnumerateObject().Single().Name;
}
