using System.Text.Json;
using System.Text.Json.Serialization;

namespace ProSanteConnect.Tools.Certs;

/// <summary>The list of the cards of a PKI on disk: who holds which, and which were revoked.</summary>
internal sealed partial class CardIndex
{
    private static readonly CardIndexJson Json = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    });

    public static string Write(IEnumerable<TestCard> cards) =>
        JsonSerializer.Serialize([.. cards.Select(c => new Entry(c.Holder, c.Story, c.Issuer.File, c.RevokedAt))], Json.ListEntry);

    /// <exception cref="IOException">The list is no list of ours.</exception>
    public static IReadOnlyList<Entry> Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, Json.ListEntry) ?? [];
        }
        catch (JsonException fault)
        {
            throw new IOException($"La liste des cartes est illisible : {fault.Message}", fault);
        }
    }

    internal sealed record Entry(CardHolder Holder, CardStory Story, string Issuer, DateTimeOffset? RevokedAt);

    // Generated at build time: reflection would cost the sandbox a tenth of a second of each start.
    [JsonSourceGenerationOptions(UseStringEnumConverter = true)]
    [JsonSerializable(typeof(List<Entry>))]
    private sealed partial class CardIndexJson : JsonSerializerContext;
}
