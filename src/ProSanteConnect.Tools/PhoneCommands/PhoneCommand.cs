using System.CommandLine;

namespace ProSanteConnect.Tools.PhoneCommands;

/// <summary><c>psc phone</c>: a phone with the e-CPS application, in software.</summary>
internal static class PhoneCommand
{
    public static Command Create(TimeProvider clock) => Create(new PhoneWorld(clock));

    public static Command Create(PhoneWorld world)
    {
        var command = new Command("phone", "un téléphone logiciel : active une e-CPS, valide des connexions, comme l'application e-CPS")
        {
            ActivateCommand.Create(world),
            RequestCommand.Create(world),
            SearchCommand.Create(world),
            StatusCommand.Create(world),
            ListCommand.Create(world),
            ApproveCommand.Create(world),
            DenyCommand.Create(world),
            WatchCommand.Create(world),
            RenewCommand.Create(world),
            ForgetCommand.Create(world),
            DeleteCommand.Create(world),
            ResetCommand.Create(world),
        };
        PhoneArguments.AddTo(command);
        return command;
    }
}
