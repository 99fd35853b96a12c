using System.CommandLine;

namespace ProSanteConnect.Tools.PhoneCommands;

/// <summary>Options that several commands share.</summary>
internal static class PhoneOptions
{
    public static Option<string?> Pin(string description = "le code PIN de l'e-CPS ; sinon, il est demandé") =>
        new("--pin") { Description = description, HelpName = "CODE" };

    public static Option<bool> Yes() => new("--yes") { Description = "ne demande pas de confirmation" };
}
