using System.CommandLine;
using System.Diagnostics;
using ProSanteConnect.Core.RelyingParties;

namespace ProSanteConnect.Tools.ClientCommands;

/// <summary><c>psc clients update</c>.</summary>
internal static class UpdateClientCommand
{
    public static Command Create(TimeProvider clock)
    {
        var command = new Command("update", "modifie ce que les options nomment ; une liste est remplacée tout entière, et vidée par l'option sans valeur");
        var arguments = new ClientArguments();
        arguments.AddTo(command);
        command.SetDatabaseAction(async (database, parsed, ct) =>
        {
            var clientId = parsed.GetRequiredValue(ClientArguments.ClientId);
            var clients = new Clients(database.Factory);
            return await clients.UpdateAsync(clientId, client => arguments.ApplyTo(client, parsed), Operator.Actor, clock.GetUtcNow(), ct) switch
            {
                ClientChange.Updated => parsed.Reveal($"L'application {clientId} est modifiée.", secret: null),
                ClientChange.Unchanged => parsed.Reveal($"L'application {clientId} était déjà ainsi.", secret: null),
                ClientChange.Unknown => parsed.RefuseUnknown(clientId),
                ClientChange.Invalid(var failures) => parsed.RefuseAll(failures),
                var other => throw new UnreachableException($"Client change {other}"),
            };
        });
        return command;
    }
}
