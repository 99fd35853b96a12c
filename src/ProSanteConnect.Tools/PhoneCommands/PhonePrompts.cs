using System.CommandLine;

namespace ProSanteConnect.Tools.PhoneCommands;

/// <summary>What a phone asks its holder. The questions go to the standard error, so that a script reads answers only.</summary>
internal static class PhonePrompts
{
    /// <summary>What the option says, else what is typed; null when nobody types.</summary>
    public static string? Ask(this PhoneWorld world, ParseResult parsed, string question, Option<string?> option) =>
        parsed.GetValue(option) ?? world.Ask(parsed, question);

    /// <summary>Whether the holder agrees.</summary>
    public static bool Confirms(this PhoneWorld world, ParseResult parsed, string question, Option<bool> yes) =>
        parsed.GetValue(yes) || world.Ask(parsed, $"{question} [o/N]")?.ToLowerInvariant() is "o" or "oui";

    private static string? Ask(this PhoneWorld world, ParseResult parsed, string question)
    {
        var console = parsed.InvocationConfiguration.Error;
        console.Write($"{question} : ");
        var answer = world.Keyboard.ReadLine()?.Trim();
        if (answer is null) console.WriteLine();
        return answer is "" ? null : answer;
    }
}
