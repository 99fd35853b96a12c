using System.CommandLine;
using System.Diagnostics;
using ProSanteConnect.Core.RelyingParties;

namespace ProSanteConnect.Tools.ClientCommands;

/// <summary><c>psc clients add</c>.</summary>
internal static class AddClientCommand
{
    public static Command Create(TimeProvider clock)
    {
        var command = new Command("add", "enregistre une application et affiche son secret, une seule fois");
        var arguments = new ClientArguments();
        arguments.AddTo(command);
        command.SetDatabaseAction(async (database, parsed, ct) =>
        {
            var clientId = parsed.GetRequiredValue(ClientArguments.ClientId);
            var registration = arguments.ApplyTo(new ClientRegistration { ClientId = clientId, Name = "" }, parsed);
            return await new Clients(database.Factory).AddAsync(registration, Operator.Actor, clock.GetUtcNow(), ct) switch
            {
                ClientChange.Added(var secret) => parsed.Reveal($"L'application {clientId} est enregistrée.", secret),
                ClientChange.AlreadyExists => parsed.Refuse($"L'application {clientId} est déjà enregistrée ; « psc clients update » la modifie."),
                ClientChange.Invalid(var failures) => parsed.RefuseAll(failures),
                var other => throw new UnreachableException($"Client change {other}"),
            };
        });
        return command;
    }
}
