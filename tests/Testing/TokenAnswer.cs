using System.Net;
using System.Text.Json;

namespace ProSanteConnect.Testing;

/// <summary>A response of the token endpoint.</summary>
public sealed record TokenAnswer(HttpResponseMessage Response, JsonElement Json)
{
    public HttpStatusCode Status => Response.StatusCode;

    public string AccessToken => this["access_token"];

    public string RefreshToken => this["refresh_token"];

    public string IdToken => this["id_token"];

    public string Error => this["error"];

    public string this[string name] => Json.TryGetProperty(name, out var value)
        ? value.GetString()!
        : throw new InvalidOperationException($"The answer has no {name}: {(int)Status} {Json}");

    public bool Has(string name) => Json.TryGetProperty(name, out _);
}
