using System.CommandLine;
using ProSanteConnect.Tools.Phone;

namespace ProSanteConnect.Tools.PhoneCommands;

/// <summary><c>psc phone forget</c>: «Mot de passe oublié» (S1).</summary>
internal static class ForgetCommand
{
    public static Command Create(PhoneWorld world) => Deactivation.Create(
        world,
        "forget",
        "« Mot de passe oublié » : désactive l'e-CPS, qu'il faut alors activer à nouveau",
        "Votre code PIN ne peut pas être retrouvé : votre e-CPS sera désactivée ; vous pourrez la réactiver avec un nouveau code.",
        ECpsAction.ForgottenPin);
}
