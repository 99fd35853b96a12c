using System.CommandLine;

namespace ProSanteConnect.Tools.KeyCommands;

/// <summary><c>psc keys</c>: the keys that sign tokens.</summary>
internal static class KeysCommand
{
    public static Command Create(TimeProvider clock) => new("keys", "les clés de signature des jetons")
    {
        ListKeysCommand.Create(clock),
        RotateKeysCommand.Create(clock),
        RetireKeyCommand.Create(clock),
    };
}
