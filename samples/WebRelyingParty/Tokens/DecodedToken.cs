using System.Buffers.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace WebRelyingParty.Tokens;

/// <summary>The content of a JWT, for display only: nothing is verified here.</summary>
internal sealed class DecodedToken
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        // Does not escape accents; the page encodes HTML.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly JsonElement _payload;

    private DecodedToken(JsonElement header, JsonElement payload)
    {
        _payload = payload;
        Header = Indent(header);
        Payload = Indent(payload);
    }

    public string Header { get; }
    public string Payload { get; }

    /// <summary>Decodes a token; null when it is not a three-part JWT (a token may be opaque).</summary>
    public static DecodedToken? TryRead(string? token)
    {
        try
        {
            return token?.Split('.') is [var header, var payload, _] ? new DecodedToken(Decode(header), Decode(payload)) : null;
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return null;
        }
    }

    public string Subject => Text("sub");

    public string Text(string claim) => _payload.TryGetProperty(claim, out var value) ? value.ToString() : "";

    public DateTimeOffset? Instant(string claim) =>
        _payload.TryGetProperty(claim, out var value) && value.TryGetInt64(out var seconds) ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    /// <summary>Indented JSON.</summary>
    public static string Indent(JsonElement json) => JsonSerializer.Serialize(json, Readable);

    private static JsonElement Decode(string part) => JsonElement.Parse(Base64Url.DecodeFromChars(part));
}
