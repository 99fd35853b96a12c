using System.CommandLine;
using System.Diagnostics;
using ProSanteConnect.Core.RelyingParties;

namespace ProSanteConnect.Tools.ClientCommands;

/// <summary><c>psc clients remove</c>.</summary>
internal static class RemoveClientCommand
{
    public static Command Create(TimeProvider clock)
    {
        var command = new Command("remove", "supprime une application ; les connexions en cours chez elle prennent fin") { ClientArguments.ClientId };
        command.SetDatabaseAction(async (database, parsed, ct) =>
        {
            var clientId = parsed.GetRequiredValue(ClientArguments.ClientId);
            return await new Clients(database.Factory).RemoveAsync(clientId, Operator.Actor, clock.GetUtcNow(), ct) switch
            {
                ClientChange.Removed => parsed.Reveal($"L'application {clientId} est supprimée.", secret: null),
                ClientChange.Unknown => parsed.RefuseUnknown(clientId),
                var other => throw new UnreachableException($"Client change {other}"),
            };
        });
        return command;
    }
}
