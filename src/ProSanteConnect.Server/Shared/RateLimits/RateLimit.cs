namespace ProSanteConnect.Server.Shared.RateLimits;

/// <summary>
/// So many times in one window of time, counted for each subject over all nodes. The name stands in the journal, in the
/// metrics and in the counter's key.
/// </summary>
internal sealed record RateLimit(string Name, int Permits, TimeSpan Window);
