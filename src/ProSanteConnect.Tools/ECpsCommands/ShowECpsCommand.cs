using System.CommandLine;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Authenticators;
using ProSanteConnect.Core.Enrolment;
using Spectre.Console;

namespace ProSanteConnect.Tools.ECpsCommands;

/// <summary><c>psc ecps show</c>: every e-CPS that a practitioner has or had. It needs no master key: nothing secret is shown.</summary>
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
