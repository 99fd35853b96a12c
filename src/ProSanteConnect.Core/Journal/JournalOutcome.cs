namespace ProSanteConnect.Core.Journal;

public enum JournalOutcome
{
    Success,
    Refused,
}
