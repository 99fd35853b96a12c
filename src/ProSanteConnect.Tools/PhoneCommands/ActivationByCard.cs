using System.CommandLine;
using ProSanteConnect.Tools.Phone;
using Spectre.Console;

namespace ProSanteConnect.Tools.PhoneCommands;

/// <summary>A8, A9: the code goes from the phone to the computer.</summary>
internal static class ActivationByCard
{
    public static async Task<int?> ConfirmAsync(RunningActivation running, SoftwarePhone phone, ParseResult parsed, CancellationToken ct)
    {
        Show(running.PairingCode ?? "", parsed.Output());
        var confirmed = await phone.WaitForComputerAsync(ct);
        return confirmed.Problem is { } problem ? parsed.Refuse(problem) : null;
    }

    private static void Show(string code, IAnsiConsole console)
    {
        if (console.Profile.Out.IsTerminal) console.Write(new FigletText(string.Join(' ', code.Chunk(3).Select(half => new string(half)))));
        console.WriteLine($"Saisissez ce code sur l'ordinateur : {code}");
    }
}
