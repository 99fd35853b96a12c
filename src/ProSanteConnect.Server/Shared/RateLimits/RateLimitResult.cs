namespace ProSanteConnect.Server.Shared.RateLimits;

internal abstract record RateLimitResult
{
    private RateLimitResult()
    {
    }

    public sealed record Allowed : RateLimitResult;

    /// <summary>Refused; the first refusal of a window, over all nodes, is the one that is worth a line in the journal.</summary>
    public sealed record Exceeded(RateLimit Limit, TimeSpan RetryAfter, bool IsFirst) : RateLimitResult;
}
