using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Practitioners;

namespace ProSanteConnect.Tools.ECpsCommands;

/// <summary>Whose e-CPS: a national identifier, or the eleven digits of an RPPS number.</summary>
internal static class HolderArgument
{
    public static Argument<string> Create() => new("IDENTIFIANT")
    {
        Description = "l'identifiant national (12 caractères) ou le numéro RPPS (11 chiffres)",
    };

    /// <summary>The practitioner, or null after saying why there is none.</summary>
    public static async Task<Practitioner?> FindAsync(PscDb db, ParseResult parsed, string typed, CancellationToken ct)
    {
        if (!NationalId.TryParseTyped(typed, out var nationalId))
        {
            parsed.Refuse($"« {typed} » n'est pas un identifiant national.");
            return null;
        }

        var practitioner = await db.Practitioners.AsNoTracking().SingleOrDefaultAsync(p => p.NationalId == nationalId.Value, ct);
        if (practitioner is null) parsed.Refuse($"L'annuaire ne contient pas {nationalId.Value}.");
        return practitioner;
    }
}
