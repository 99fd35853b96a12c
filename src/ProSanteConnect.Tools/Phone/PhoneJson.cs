using System.Text.Json;
using System.Text.Json.Serialization;
using ProSanteConnect.Core.Enrolment;

namespace ProSanteConnect.Tools.Phone;

/// <summary>The spellings: camelCase in the API, snake_case at the token endpoint.</summary>
internal static class PhoneJson
{
    public static JsonSerializerOptions Api { get; } = Spelled(JsonNamingPolicy.CamelCase);

    public static JsonSerializerOptions Token { get; } = Spelled(JsonNamingPolicy.SnakeCaseLower);

    /// <summary>The API's own, for a reader's eyes.</summary>
    public static JsonSerializerOptions StateFile { get; } = new(Api) { WriteIndented = true };

    // What is missing from an answer is a fault of the answer, not a null that surprises later.
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
