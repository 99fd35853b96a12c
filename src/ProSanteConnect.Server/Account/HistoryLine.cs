namespace ProSanteConnect.Server.Account;

/// <summary>One line of the history.</summary>
internal sealed record HistoryLine(DateTimeOffset At, string What, string Where, bool IsRefusal);
