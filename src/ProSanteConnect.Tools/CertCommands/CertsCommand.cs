using System.CommandLine;

namespace ProSanteConnect.Tools.CertCommands;

/// <summary><c>psc certs</c>: the test PKI, and what a certificate says.</summary>
internal static class CertsCommand
{
    public static Command Create(TimeProvider clock) => new("certs", "l'IGC de test : autorités, cartes CPx, listes de révocation")
    {
        MakeCertsCommand.Create(clock),
        ShowCertCommand.Create(clock),
        CrlCommand.Create(clock),
    };
}
