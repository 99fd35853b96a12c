using System.CommandLine;

namespace ProSanteConnect.Tools.ClientCommands;

/// <summary><c>psc clients</c>: the relying parties.</summary>
internal static class ClientsCommand
{
    public static Command Create(TimeProvider clock) => new("clients", "les applications (relying parties) qui demandent à connaître les professionnels")
    {
        AddClientCommand.Create(clock),
        ListClientsCommand.Create(),
        ShowClientCommand.Create(clock),
        UpdateClientCommand.Create(clock),
        RotateSecretCommand.Create(clock),
        RemoveClientCommand.Create(clock),
    };
}
