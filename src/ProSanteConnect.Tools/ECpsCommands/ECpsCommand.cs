using System.CommandLine;
using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Delivery;
using ProSanteConnect.Core.Devices;
using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Core.Security;
using ProSanteConnect.Core.SingleSignOn;
using Spectre.Console;

namespace ProSanteConnect.Tools.ECpsCommands;

/// <summary><c>psc ecps</c>: the e-CPS of a practitioner, for the support desk.</summary>
internal static class ECpsCommand
{
    public static Command Create(TimeProvider clock) => new("ecps", "les e-CPS des professionnels")
    {
        ShowECpsCommand.Create(clock),
        DeactivateECpsCommand.Create(clock),
    };
}

/// <summary><c>psc ecps show</c>: every e-CPS that a practitioner has or had. Needs no master key, because it shows no secret.</summary>
internal static class ShowECpsCommand
{
    private static readonly Argument<string> Holder = HolderArgument.Create();

    public static Command Create(TimeProvider clock)
    {
        var command = new Command("show", "affiche les e-CPS d'un professionnel : état, téléphone, mode, dates") { Holder };
        command.SetDatabaseAction(async (database, parsed, ct) =>
        {
            await using var db = database.Open();
            if (await HolderArgument.FindAsync(db, parsed, parsed.GetRequiredValue(Holder), ct) is not { } holder) return ExitCode.Refused;

            var all = await db.ECps.AsNoTracking().Where(e => e.PractitionerId == holder.Id).OrderByDescending(e => e.ActivatedAt).ToListAsync(ct);
            if (all.Count == 0)
            {
                parsed.InvocationConfiguration.Output.WriteLine("Aucune e-CPS n'a été activée.");
                return ExitCode.Done;
            }

            var table = new Table().AddColumns("État", "Téléphone", "Système", "Mode", "Activée le", "Valable jusqu'au", "Dernière connexion");
            foreach (var eCps in all)
            {
                table.AddRow(
                    StateOf(eCps, holder.DelistedAt, clock),
                    Markup.Escape(eCps.DeviceName),
                    Markup.Escape(eCps.OperatingSystem),
                    eCps.Mode == ActivationMode.Card ? "carte" : "coordonnées",
                    clock.InWords(eCps.ActivatedAt),
                    clock.InWords(eCps.ExpiresAt),
                    clock.InWords(eCps.LastUsedAt));
            }

            parsed.Output().Write(table);
            return ExitCode.Done;
        });
        return command;
    }

    private static string StateOf(ECps eCps, DateTimeOffset? delistedAt, TimeProvider clock) =>
        eCps.InactivityAt(clock.GetUtcNow(), delistedAt) is (var reason, var since)
            ? $"Inactive ({InWords(reason)}, {clock.InWords(since)})"
            : "Active";

    internal static string InWords(DeactivationReason reason) => reason switch
    {
        DeactivationReason.Deleted => "supprimée sur le téléphone",
        DeactivationReason.ForgottenPin => "code PIN oublié",
        DeactivationReason.Deactivated => "désactivée dans Mon compte",
        DeactivationReason.Replaced => "remplacée par une autre",
        DeactivationReason.Blocked => "trois codes PIN erronés",
        DeactivationReason.Delisted => "absent de l'annuaire",
        DeactivationReason.Operator => "désactivée par un opérateur",
        DeactivationReason.Expired => "expirée",
        var other => throw new UnreachableException($"Reason {other}"),
    };
}

/// <summary>
/// <c>psc ecps deactivate</c>: deactivates the e-CPS of a holder who cannot do it. The holder is notified by mail, as after every
/// deactivation; the master key is needed to seal the message.
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
        var deactivation = new ECpsDeactivation(db, new Sessions(db), new HolderNotifier(new Outbox(masterKey, signal)));
        if (await db.ECps.FindLatestAsync(holder.Id, ct) is not { } eCps) return parsed.Refuse("Aucune e-CPS n'a été activée.");

        switch (await deactivation.DeactivateAsync(eCps.Id, DeactivationReason.Operator, context: null, Operator.Actor, clock.GetUtcNow(), ct))
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
}

/// <summary>The holder's argument: a national identifier, or the eleven digits of an RPPS number.</summary>
internal static class HolderArgument
{
    public static Argument<string> Create() => new("IDENTIFIANT")
    {
        Description = "l'identifiant national (12 caractères) ou le numéro RPPS (11 chiffres)",
    };

    /// <summary>The practitioner; null after writing why there is none.</summary>
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
