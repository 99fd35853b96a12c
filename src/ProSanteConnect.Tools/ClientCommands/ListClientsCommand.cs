using System.CommandLine;
using System.Globalization;
using ProSanteConnect.Core.RelyingParties;
using Spectre.Console;

namespace ProSanteConnect.Tools.ClientCommands;

/// <summary><c>psc clients list</c>.</summary>
internal static class ListClientsCommand
{
    public static Command Create()
    {
        var command = new Command("list", "liste les applications");
        command.SetDatabaseAction(async (database, parsed, ct) =>
        {
            var table = new Table()
                .AddColumn(new TableColumn("client_id").NoWrap())
                .AddColumns("Nom", "Type", "Octrois", "Adresses de retour", "Secrets valables");
            foreach (var client in await new Clients(database.Factory).ListAsync(ct))
            {
                table.AddRow(
                    new Text(client.ClientId),
                    new Text(client.Name),
                    new Text(ShowClientCommand.InWords(client.Type)),
                    new Text(string.Join('\n', client.GrantTypes)),
                    new Text(client.RedirectUris.Count.ToString(CultureInfo.InvariantCulture)),
                    new Text(client.SecretHashes.Count.ToString(CultureInfo.InvariantCulture)));
            }

            parsed.Output().Write(table);
            return ExitCode.Done;
        });
        return command;
    }
}
