using System.CommandLine;

namespace ProSanteConnect.Tools.OutboxCommands;

/// <summary><c>psc outbox</c>: the messages to holders.</summary>
internal static class OutboxCommand
{
    public static Command Create(TimeProvider clock) => new("outbox", "les messages aux professionnels (mails, SMS, notifications)")
    {
        ListOutboxCommand.Create(clock),
        RetryOutboxCommand.Create(clock),
    };
}
