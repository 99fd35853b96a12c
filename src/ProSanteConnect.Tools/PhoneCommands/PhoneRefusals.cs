using System.CommandLine;
using ProSanteConnect.Tools.Phone;

namespace ProSanteConnect.Tools.PhoneCommands;

/// <summary>Shows why not, as the server says it.</summary>
internal static class PhoneRefusals
{
    public static int Refuse(this ParseResult parsed, PhoneProblem problem) => parsed.Refuse(string.Concat(
        problem.Detail,
        problem.Code == PhoneProblem.Untrusted ? " Son autorité s'indique par --ca." : "",
        InWords(problem.Reason) is { } reason ? $" Motif : {reason}." : "",
        problem.Incident is { } incident ? $" (incident {incident})" : ""));

    // The reasons of the API; one of a later version is left out.
    private static string? InWords(string? reason) => reason switch
    {
        "deleted" => "supprimée depuis un téléphone",
        "forgotten-pin" => "code PIN oublié",
        "deactivated" => "désactivée depuis « Mon compte »",
        "replaced" => "remplacée par un autre téléphone",
        "blocked" => "code PIN mal saisi trop de fois",
        "expired" => "validité passée",
        "delisted" => "absence de l'annuaire santé",
        "operator" => "désactivée par l'exploitant",
        _ => null,
    };
}
