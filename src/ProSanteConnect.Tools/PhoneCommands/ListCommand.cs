using System.CommandLine;

namespace ProSanteConnect.Tools.PhoneCommands;

/// <summary><c>psc phone list</c>.</summary>
internal static class ListCommand
{
    public static Command Create(PhoneWorld world)
    {
        var command = new Command("list", "liste les demandes de connexion en attente");
        command.SetHolderAction(world, async (phone, parsed, ct) =>
        {
            var asked = await phone.RequestsAsync(ct);
            if (asked.Problem is { } problem) return parsed.Refuse(problem);

            if (asked.Value.Requests.Count == 0) parsed.InvocationConfiguration.Output.WriteLine(RequestsTable.None);
            else parsed.Output().Write(RequestsTable.Of(asked.Value.Requests, world.Clock));
            return ExitCode.Done;
        });
        return command;
    }
}
