using System.CommandLine;
using ProSanteConnect.Core.RelyingParties;

namespace ProSanteConnect.Tools.ClientCommands;

/// <summary>What the commands answer alike.</summary>
internal static class ClientAnswers
{
    /// <summary>A secret goes to the standard output, alone on its line, so that a script can take it; the rest is for the reader.</summary>
    public static int Reveal(this ParseResult parsed, string sentence, ClientSecret? secret)
    {
        parsed.InvocationConfiguration.Error.WriteLine(sentence);
        if (secret is null) return ExitCode.Done;

        parsed.InvocationConfiguration.Error.WriteLine("Son secret, affiché cette seule fois :");
        parsed.InvocationConfiguration.Output.WriteLine(secret.Reveal());
        return ExitCode.Done;
    }

    public static int RefuseAll(this ParseResult parsed, IEnumerable<ClientFailure> failures)
    {
        foreach (var failure in failures) parsed.Refuse($"{ClientArguments.OptionFor(failure.Property)} : {failure.Sentence}");
        return ExitCode.Refused;
    }

    public static int RefuseUnknown(this ParseResult parsed, string clientId) =>
        parsed.Refuse($"L'application {clientId} n'est pas enregistrée ; « psc clients list » les affiche.");
}
