using System.CommandLine;

namespace ProSanteConnect.Tools.ECpsCommands;

/// <summary><c>psc ecps</c>: the e-CPS of a practitioner, for whoever answers the telephone.</summary>
internal static class ECpsCommand
{
    public static Command Create(TimeProvider clock) => new("ecps", "les e-CPS des professionnels")
    {
        ShowECpsCommand.Create(clock),
        DeactivateECpsCommand.Create(clock),
    };
}
