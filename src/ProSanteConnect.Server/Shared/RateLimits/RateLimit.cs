namespace ProSanteConnect.Server.Shared.RateLimits;

/// <summary>
/// So many times in one window of time, counted for each subject over all nodes. The name is what the journal, the metrics
/// and the counter's key call it; where the card still works meanwhile, the person is told so.
/// </summary>
internal sealed record RateLimit(string Name, int Permits, TimeSpan Window, bool CardStillWorks = false);
