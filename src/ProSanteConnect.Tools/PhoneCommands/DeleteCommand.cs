using System.CommandLine;
using ProSanteConnect.Tools.Phone;

namespace ProSanteConnect.Tools.PhoneCommands;

/// <summary><c>psc phone delete</c>: «Supprimer ma e-CPS», «Confirmer» (S2).</summary>
internal static class DeleteCommand
{
    public static Command Create(PhoneWorld world) => Deactivation.Create(
        world,
        "delete",
        "« Supprimer ma e-CPS »",
        "Votre e-CPS sera désactivée tout de suite sur tous vos services.",
        ECpsAction.Delete);
}
