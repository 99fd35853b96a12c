namespace ProSanteConnect.Core.Data;

/// <summary>How often something happened in one window of time, counted over all nodes.</summary>
public sealed class RateLimitCounter
{
    /// <summary>What is limited and for whom; an address or identifier in it is hashed.</summary>
    public required string Key { get; init; }

    public required DateTimeOffset WindowEndsAt { get; init; }
    public int Count { get; set; }
}
