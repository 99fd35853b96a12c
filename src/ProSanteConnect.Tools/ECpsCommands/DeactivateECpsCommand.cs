using System.CommandLine;
using System.Diagnostics;
using System.Security.Cryptography;
using ProSanteConnect.Core.Authenticators;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Delivery;
using ProSanteConnect.Core.Keys;
using ProSanteConnect.Core.SignIn;

namespace ProSanteConnect.Tools.ECpsCommands;

/// <summary>
/// <c>psc ecps deactivate</c>: ends the e-CPS of somebody who cannot do it alone. The holder is told by mail, as of every
/// deactivation; hence the master key, which seals the message.
/// </summary>
internal static class DeactivateECpsCommand
{
    private static readonly Argument<string> Holder = HolderArgument.Create();

    public static Command Create(TimeProvider clock)
    {
        var command = new Command("deactivate", "désactive sur-le-champ l'e-CPS d'un professionnel, avec ses sessions, et l'en avertit par mail") { Holder };
        command.SetDatabaseAction(async (database, parsed, ct) =>
        {
            try
            {
                if (database.MasterKey() is { } masterKey) return await DeactivateAsync(database, masterKey, parsed, clock, ct);

                parsed.Refuse("Quelle clé maîtresse ? Indiquez --master-key FICHIER, ou --data DOSSIER.");
                return ExitCode.Misused;
            }
            catch (Exception exception) when (exception is FormatException or CryptographicException)
            {
                return parsed.Refuse("Le fichier de la clé maîtresse ne contient pas 256 bits en base64.");
            }
        });
        return command;
    }

    private static async Task<int> DeactivateAsync(ToolDatabase database, MasterKey masterKey, ParseResult parsed, TimeProvider clock, CancellationToken ct)
    {
        await using var db = database.Open();
        if (await HolderArgument.FindAsync(db, parsed, parsed.GetRequiredValue(Holder), ct) is not { } holder) return ExitCode.Refused;

        using var signal = new OutboxSignal();
        var register = RegisterOf(db, masterKey, new Outbox(masterKey, signal));
        if (await register.FindLatestAsync(holder.Id, ct) is not { } eCps) return parsed.Refuse("Aucune e-CPS n'a été activée.");

        switch (await register.DeactivateAsync(eCps.Id, DeactivationReason.Operator, origin: null, Operator.Actor, clock.GetUtcNow(), ct))
        {
            case DeactivateResult.Deactivated:
                parsed.InvocationConfiguration.Output.WriteLine($"L'e-CPS de {holder.NationalId} est désactivée ; ses sessions sont fermées.");
                return ExitCode.Done;
            case DeactivateResult.AlreadyInactive(var reason, var since):
                return parsed.Refuse($"Elle est déjà inactive depuis le {clock.InWords(since)} : {ShowECpsCommand.InWords(reason)}.");
            case var other:
                throw new UnreachableException($"Result {other}");
        }
    }

    // No relying party is named in the mail of a deactivation.
    private static ECpsRegister RegisterOf(PscDb db, MasterKey masterKey, Outbox outbox) => new(
        db, new Sessions(db), new PinHasher(masterKey), masterKey, new ECpsOptions(), new HolderNotifier(outbox, masterKey, _ => null));
}
