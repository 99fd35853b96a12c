using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Delivery;
using Spectre.Console;

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

/// <summary><c>psc outbox list</c>: dead letters and waiting messages. Needs no master key, because no message is opened.</summary>
internal static class ListOutboxCommand
{
    private const int Limit = 200;

    private static readonly Option<bool> All = new("--all")
    {
        Description = "aussi les messages envoyés et expirés",
    };

    public static Command Create(TimeProvider clock)
    {
        var command = new Command("list", $"liste les messages non distribués, sans leur contenu ni leur destinataire (les {Limit} plus récents)") { All };
        command.SetDatabaseAction(async (database, parsed, ct) =>
        {
            await using var db = database.Open();
            var all = parsed.GetValue(All);
            // Does not read the sealed content.
            var rows = await db.Outbox.AsNoTracking()
                .Where(m => all || m.Status == OutboxStatus.Dead || m.Status == OutboxStatus.Waiting)
                .OrderByDescending(m => m.CreatedAt)
                .Take(Limit)
                .Select(m => new Row(m.Id, m.Channel, m.Template, m.Status, m.Attempts, m.LastError, m.CreatedAt, m.ExpiresAt))
                .ToListAsync(ct);
            parsed.Output().Write(Table(rows, clock));
            return ExitCode.Done;
        });
        return command;
    }

    private static Table Table(List<Row> rows, TimeProvider clock)
    {
        var table = new Table()
            .AddColumn(new TableColumn("Message").NoWrap())
            .AddColumns("Canal", "Modèle", "État", "Essais", "Dernière erreur", "Créé le", "Expire le");
        foreach (var row in rows)
        {
            table.AddRow(
                row.Id.ToString(),
                InWords(row.Channel),
                row.Template,
                InWords(row.Status),
                row.Attempts.ToString(CultureInfo.InvariantCulture),
                Markup.Escape(row.LastError ?? ""),
                clock.InWords(row.CreatedAt),
                clock.InWords(row.ExpiresAt));
        }

        return table;
    }

    private static string InWords(Channel channel) => channel switch
    {
        Channel.Mail => "mail",
        Channel.Sms => "SMS",
        Channel.Push => "notification",
        var other => throw new UnreachableException($"Channel {other}"),
    };

    internal static string InWords(OutboxStatus status) => status switch
    {
        OutboxStatus.Waiting => "en attente",
        OutboxStatus.Sent => "envoyé",
        OutboxStatus.Expired => "expiré",
        OutboxStatus.Dead => "abandonné",
        var other => throw new UnreachableException($"Status {other}"),
    };

    private sealed record Row(
        Guid Id, Channel Channel, string Template, OutboxStatus Status, int Attempts, string? LastError, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt);
}

/// <summary><c>psc outbox retry</c>: queues dead letters again, after the operator has fixed the cause.</summary>
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
