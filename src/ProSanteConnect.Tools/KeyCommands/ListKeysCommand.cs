using System.CommandLine;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Keys;
using Spectre.Console;

namespace ProSanteConnect.Tools.KeyCommands;

/// <summary><c>psc keys list</c>: needs no master key, since nothing is opened.</summary>
internal static class ListKeysCommand
{
    public static Command Create(TimeProvider clock)
    {
        var command = new Command("list", "liste les clés, avec leur état et leurs dates");
        command.SetDatabaseAction(async (database, parsed, ct) =>
        {
            await using var db = database.Open();
            var keys = await db.SigningKeys.AsNoTracking().OrderBy(key => key.Sequence).ToListAsync(ct);
            parsed.Output().Write(Table(keys, clock));
            return ExitCode.Done;
        });
        return command;
    }

    private static Table Table(List<SigningKey> keys, TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        var table = new Table()
            .AddColumn(new TableColumn("Clé (kid)").NoWrap())
            .AddColumns("État", "Algorithme", "Signe dès le", "Cesse de signer le", "N'est plus publiée dès le");
        foreach (var key in keys)
        {
            var retiredFrom = SigningKeyLifeCycle.RetiredFrom(key, keys);
            table.AddRow(
                key.Kid,
                InWords(SigningKeyLifeCycle.StateAt(now, key.ActiveFrom, retiredFrom, key.RemovedAt)),
                key.Algorithm,
                clock.InWords(key.ActiveFrom),
                clock.InWords(retiredFrom),
                clock.InWords(key.RemovedAt));
        }

        return table;
    }

    private static string InWords(SigningKeyState state) => state switch
    {
        SigningKeyState.Announced => "annoncée",
        SigningKeyState.Active => "active",
        SigningKeyState.Retired => "publiée encore",
        SigningKeyState.Removed => "supprimée",
        var other => throw new UnreachableException($"State {other}"),
    };
}
