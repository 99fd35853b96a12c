using System.CommandLine;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Delivery;

namespace ProSanteConnect.Tools.OutboxCommands;

/// <summary><c>psc outbox retry</c>: once what was wrong is mended, dead letters wait again.</summary>
internal static class RetryOutboxCommand
{
    private static readonly Argument<Guid?> Message = new("MESSAGE")
    {
        Description = "l'identifiant du message, tel que « psc outbox list » l'affiche ; sans lui, tous les messages abandonnés",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public static Command Create(TimeProvider clock)
    {
        var command = new Command("retry", "remet en attente les messages abandonnés qui ont encore une utilité") { Message };
        command.SetDatabaseAction(async (database, parsed, ct) =>
        {
            var now = clock.GetUtcNow();
            return parsed.GetValue(Message) is { } id
                ? await OneAsync(database, parsed, id, now, ct)
                : await AllAsync(database, parsed, now, ct);
        });
        return command;
    }

    private static async Task<int> OneAsync(ToolDatabase database, ParseResult parsed, Guid id, DateTimeOffset now, CancellationToken ct)
    {
        switch (await DeadLetters.SendAgainAsync(database.Factory, id, now, ct))
        {
            case SendAgainResult.Waiting:
                parsed.InvocationConfiguration.Output.WriteLine($"Le message {id} est de nouveau en attente.");
                return ExitCode.Done;
            case SendAgainResult.Unknown:
                return parsed.Refuse($"Le message {id} n'existe pas ; « psc outbox list » les affiche.");
            case SendAgainResult.NotDead(var status):
                return parsed.Refuse($"Le message {id} n'est pas abandonné : il est {ListOutboxCommand.InWords(status)}.");
            case SendAgainResult.TooLate:
                return parsed.Refuse($"Le message {id} a expiré : il ne sera plus envoyé.");
            case var other:
                throw new UnreachableException($"Result {other}");
        }
    }

    private static async Task<int> AllAsync(ToolDatabase database, ParseResult parsed, DateTimeOffset now, CancellationToken ct)
    {
        await using var db = database.Open();
        var dead = await db.Outbox.Where(m => m.Status == OutboxStatus.Dead && m.ExpiresAt > now).Select(m => m.Id).ToListAsync(ct);
        var again = 0;
        foreach (var id in dead)
        {
            if (await DeadLetters.SendAgainAsync(database.Factory, id, now, ct) is SendAgainResult.Waiting) again++;
        }

        parsed.InvocationConfiguration.Output.WriteLine(again switch
        {
            0 => "Aucun message abandonné n'a encore une utilité.",
            1 => "Un message est de nouveau en attente.",
            _ => $"{again} messages sont de nouveau en attente.",
        });
        return ExitCode.Done;
    }
}
