using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ProSanteConnect.Server.Shared.Telemetry;

/// <summary>
/// All metrics of the provider; <c>docs/operators.md</c> lists them. No tag names a person
/// or an address.
/// </summary>
internal sealed class PscMetrics
{
    public const string MeterName = "ProSanteConnect";

    private readonly Counter<long> _signIns;
    private readonly Counter<long> _tokens;
    private readonly Counter<long> _refusedCards;
    private readonly Counter<long> _endedSessions;
    private readonly Counter<long> _exceededLimits;
    private readonly Counter<long> _databaseFailures;
    private readonly Counter<long> _unhandledErrors;
    private readonly Counter<long> _removedRows;
    private readonly Counter<long> _deliveries;
    private double _oldestWaitingSeconds;

    public PscMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _signIns = meter.CreateCounter<long>("prosanteconnect.sign_ins", "{sign-in}", "Sign-ins that came to an end, by means and outcome.");
        _tokens = meter.CreateCounter<long>("prosanteconnect.tokens", "{answer}", "Answers of the token endpoint with tokens, by grant.");
        _refusedCards = meter.CreateCounter<long>("prosanteconnect.cards.refused", "{card}", "Cards that were refused, by reason.");
        _endedSessions = meter.CreateCounter<long>("prosanteconnect.sessions.ended", "{session}", "Sessions that were ended, by reason.");
        _exceededLimits = meter.CreateCounter<long>("prosanteconnect.rate_limits.exceeded", "{request}", "Requests over a rate limit, by limit.");
        _databaseFailures = meter.CreateCounter<long>("prosanteconnect.database.failures", "{request}", "Requests that the database failed, answered 503.");
        _unhandledErrors = meter.CreateCounter<long>("prosanteconnect.errors", "{request}", "Requests that ended in an unforeseen error, answered 500.");
        _removedRows = meter.CreateCounter<long>("prosanteconnect.cleaning.rows", "{row}", "Expired rows that were removed, by table.");
        _deliveries = meter.CreateCounter<long>("prosanteconnect.outbox.messages", "{message}", "What became of messages to holders, by channel and outcome.");
        meter.CreateObservableGauge("prosanteconnect.outbox.oldest_waiting", () => Volatile.Read(ref _oldestWaitingSeconds), "s", "The age of the message that waits longest.");
    }

    /// <param name="means"><c>card</c> or <c>mobile</c>.</param>
    /// <param name="outcome"><c>success</c>, <c>refused</c>, <c>cancelled</c> or <c>expired</c>.</param>
    public void SignInEnded(string means, string outcome) => _signIns.Add(1, new("means", means), new("outcome", outcome));

    public void TokensIssued(string grantType) => _tokens.Add(1, new KeyValuePair<string, object?>("grant_type", grantType));

    public void CardRefused(string reason) => _refusedCards.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public void SessionsEnded(string reason, int count = 1) =>
        _endedSessions.Add(count, new KeyValuePair<string, object?>("reason", reason));

    public void LimitExceeded(string limit) => _exceededLimits.Add(1, new KeyValuePair<string, object?>("limit", limit));

    public void DatabaseFailed() => _databaseFailures.Add(1);

    public void ErrorUnhandled() => _unhandledErrors.Add(1);

    public void RowsRemoved(string table, int count) => _removedRows.Add(count, new KeyValuePair<string, object?>("table", table));

    /// <param name="channel"><c>mail</c>, <c>sms</c> or <c>push</c>.</param>
    /// <param name="outcome"><c>sent</c>, <c>failed</c> (it is tried again), <c>dead</c> or <c>expired</c>.</param>
    /// <param name="count">How many at once.</param>
    public void MessageHandled(string channel, string outcome, int count = 1) =>
        _deliveries.Add(count, new("channel", channel), new("outcome", outcome));

    public void OldestMessageWaits(TimeSpan age) => Volatile.Write(ref _oldestWaitingSeconds, age.TotalSeconds);
}

/// <summary>The activity source of our own spans. No tag of a span names a person or an address.</summary>
internal static class PscActivity
{
    public const string SourceName = "ProSanteConnect";

    public static ActivitySource Source { get; } = new(SourceName);
}
