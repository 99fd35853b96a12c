using System.Text.Json.Serialization;

namespace ProSanteConnect.Server.Shared.Watching;

/// <summary>What a page that waits is told.</summary>
/// <param name="Etat">How it stands.</param>
/// <param name="Suite">Where the page goes on; without it the page shows itself anew.</param>
internal sealed record News(string Etat, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Suite = null)
{
    /// <summary>Nothing of this browser's: another has begun, or it is over.</summary>
    public static IResult Unknown => TypedResults.Json(new News("unknown"), statusCode: StatusCodes.Status404NotFound);
}
