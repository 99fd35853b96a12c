using System.Text.Json.Serialization;

namespace WebRelyingParty.Tokens;

/// <summary>The answer to a refresh (RFC 6749, section 5.1) or its refusal (section 5.2).</summary>
internal sealed record TokenResponse
{
    [JsonPropertyName("access_token")]
    public string AccessToken { get; init; } = "";

    [JsonPropertyName("id_token")]
    public string IdToken { get; init; } = "";

    /// <summary>Absent when the one that was presented stays good (RFC 6749, section 6).</summary>
    [JsonPropertyName("refresh_token")]
    public string? RefreshToken { get; init; }

    [JsonPropertyName("expires_in")]
    public int ExpiresIn { get; init; }

    [JsonPropertyName("error")]
    public string? Error { get; init; }

    [JsonPropertyName("error_description")]
    public string? ErrorDescription { get; init; }
}
