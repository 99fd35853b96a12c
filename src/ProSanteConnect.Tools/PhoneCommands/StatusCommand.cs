using System.CommandLine;
using System.Globalization;
using ProSanteConnect.Core.Enrolment;
using ProSanteConnect.Tools.Phone;
using Spectre.Console;

namespace ProSanteConnect.Tools.PhoneCommands;

/// <summary><c>psc phone status</c>: the e-CPS as the server sees it, or how far its activation is.</summary>
internal static class StatusCommand
{
    public static Command Create(PhoneWorld world)
    {
        var command = new Command("status", "affiche l'e-CPS de ce téléphone, ou l'activation en cours");
        command.SetPhoneAction(world, async (phone, parsed, ct) =>
        {
            if (phone.State.Activation is not null) return await ShowActivationAsync(world, phone, parsed, ct);
            if (phone.State.Phone is null) return parsed.Refuse("Pas encore d'e-CPS sur ce téléphone ; « psc phone activate » en active une.");

            await phone.RotateWhenDueAsync(ct);
            var asked = await phone.ECpsAsync(ct);
            if (asked.Problem is { } problem) return parsed.Refuse(problem);

            parsed.Output().Write(Table(asked.Value, phone.State.Origin, world.Clock));
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task<int> ShowActivationAsync(PhoneWorld world, SoftwarePhone phone, ParseResult parsed, CancellationToken ct)
    {
        var asked = await phone.ActivationAsync(ct);
        if (asked.Problem is { } problem) return parsed.Refuse(problem);

        var table = Empty();
        Row(table, "Serveur", phone.State.Origin.GetLeftPart(UriPartial.Authority));
        Row(table, "Activation de", asked.Value.Holder);
        Row(table, "Mode", InWords(asked.Value.Mode));
        Row(table, "Code confirmé", asked.Value.Status == "scanned" ? "non" : "oui");
        Row(table, "Essais restants", asked.Value.AttemptsLeft?.ToString(CultureInfo.InvariantCulture));
        Row(table, "Valable jusqu'au", world.Clock.InWords(asked.Value.ExpiresAt));
        Row(table, "Remplacera l'e-CPS de", asked.Value.Replaces);
        parsed.Output().Write(table);
        return ExitCode.Done;
    }

    private static Table Table(HeldECps eCps, Uri origin, TimeProvider clock)
    {
        var table = Empty();
        Row(table, "Serveur", origin.GetLeftPart(UriPartial.Authority));
        Row(table, "Titulaire", eCps.Holder);
        Row(table, "Identifiant national", eCps.NationalId);
        Row(table, "Profession", eCps.Profession);
        Row(table, "État", "Actif");
        Row(table, "Activée", $"le {clock.InWords(eCps.ActivatedAt)}, {InWords(eCps.Mode)}");
        Row(table, "Valable jusqu'au", clock.InWords(eCps.ExpiresAt) + (eCps.Renewable ? " (« psc phone renew » la prolonge)" : ""));
        Row(table, "Téléphone", eCps.DeviceName);
        Row(table, "Essais du code PIN", eCps.AttemptsLeft.ToString(CultureInfo.InvariantCulture));
        return table;
    }

    private static string InWords(ActivationMode mode) => mode is ActivationMode.Card ? "par carte" : "par coordonnées de correspondance";

    private static Table Empty() => new Table().HideHeaders().AddColumns("", "");

    private static void Row(Table table, string what, string? value)
    {
        if (value is not null) table.AddRow(new Text(what), new Text(value));
    }
}
