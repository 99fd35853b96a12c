using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Delivery;
using Spectre.Console;

namespace ProSanteConnect.Tools.OutboxCommands;

/// <summary><c>psc outbox list</c>: dead letters and what waits. It needs no master key, since no message is opened.</summary>
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
            // These columns alone: the sealed content stays where it is.
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
