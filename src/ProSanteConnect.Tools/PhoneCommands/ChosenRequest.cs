using System.CommandLine;
using ProSanteConnect.Tools.Phone;

namespace ProSanteConnect.Tools.PhoneCommands;

/// <summary>The request that an answer is for: the one that is named, else the only one that waits.</summary>
internal static class ChosenRequest
{
    public static Argument<string?> Argument() => new("DEMANDE")
    {
        Description = "l'identifiant de la demande, tel que « psc phone list » l'affiche ; sans lui, la seule demande en attente",
        Arity = ArgumentArity.ZeroOrOne,
    };

    /// <summary>The request, or null after it was said why there is none.</summary>
    public static async Task<string?> FindAsync(Argument<string?> argument, SoftwarePhone phone, ParseResult parsed, CancellationToken ct)
    {
        if (parsed.GetValue(argument) is { } named) return named;

        var asked = await phone.RequestsAsync(ct);
        if (asked.Problem is { } problem)
        {
            parsed.Refuse(problem);
            return null;
        }

        if (asked.Value.Requests is [var only]) return only.Id;

        parsed.Refuse(asked.Value.Requests.Count == 0 ? $"{RequestsTable.None}." : "Quelle demande ? « psc phone list » les affiche.");
        return null;
    }
}
