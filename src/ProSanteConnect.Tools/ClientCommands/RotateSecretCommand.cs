using System.CommandLine;
using System.Diagnostics;
using ProSanteConnect.Core.RelyingParties;

namespace ProSanteConnect.Tools.ClientCommands;

/// <summary><c>psc clients rotate-secret</c>: a new secret beside the old one, and then the old one goes.</summary>
internal static class RotateSecretCommand
{
    private static readonly Option<bool> DropOld = new("--drop-old")
    {
        Description = "achève la rotation : seul le secret le plus récent reste valable, aucun n'est créé",
    };

    private static readonly Option<bool> Immediately = new("--immediately")
    {
        Description = "urgence : le nouveau secret remplace tous les autres sur-le-champ",
    };

    public static Command Create(TimeProvider clock)
    {
        var command = new Command("rotate-secret", "crée un secret ; l'ancien reste valable jusqu'à --drop-old")
        {
            ClientArguments.ClientId, DropOld, Immediately,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(DropOld) && result.GetValue(Immediately)) result.AddError("--drop-old et --immediately s'excluent.");
        });
        command.SetDatabaseAction(async (database, parsed, ct) =>
        {
            var clientId = parsed.GetRequiredValue(ClientArguments.ClientId);
            var clients = new Clients(database.Factory);
            return await clients.RotateSecretAsync(clientId, Rotation(parsed), Operator.Actor, clock.GetUtcNow(), ct) switch
            {
                SecretChange.Made(var secret, OldStillInForce: true) =>
                    parsed.Reveal($"L'application {clientId} a un nouveau secret ; l'ancien vaut jusqu'à « psc clients rotate-secret {clientId} --drop-old ».", secret),
                SecretChange.Made(var secret, _) => parsed.Reveal($"L'application {clientId} a un nouveau secret, seul valable.", secret),
                SecretChange.OldDropped => parsed.Reveal($"L'ancien secret de l'application {clientId} ne vaut plus rien.", secret: null),
                SecretChange.NothingToDrop => parsed.Refuse($"L'application {clientId} n'a pas d'ancien secret."),
                SecretChange.StillOverlapping =>
                    parsed.Refuse($"L'application {clientId} a déjà deux secrets valables : achevez la rotation par --drop-old, ou remplacez tout par --immediately."),
                SecretChange.PublicClient => parsed.Refuse($"L'application {clientId} est publique : elle n'a pas de secret."),
                SecretChange.Unknown => parsed.RefuseUnknown(clientId),
                var other => throw new UnreachableException($"Secret change {other}"),
            };
        });
        return command;
    }

    private static SecretRotation Rotation(ParseResult parsed) => (parsed.GetValue(DropOld), parsed.GetValue(Immediately)) switch
    {
        (true, _) => SecretRotation.DropOld,
        (_, true) => SecretRotation.Replace,
        _ => SecretRotation.Overlap,
    };
}
