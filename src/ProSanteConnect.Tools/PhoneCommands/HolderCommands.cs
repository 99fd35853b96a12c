using System.CommandLine;
using System.Globalization;
using ProSanteConnect.Core.Devices;
using ProSanteConnect.Tools.Phone;
using Spectre.Console;

namespace ProSanteConnect.Tools.PhoneCommands;

/// <summary><c>psc phone status</c>: the e-CPS as stored on the server, or the progress of its activation.</summary>
internal static class StatusCommand
{
    public static Command Create(PhoneEnvironment environment)
    {
        var command = new Command("status", "affiche l'e-CPS de ce téléphone, ou l'activation en cours");
        command.SetPhoneAction(environment, async (phone, parsed, ct) =>
        {
            if (phone.State.Activation is not null) return await ShowActivationAsync(environment, phone, parsed, ct);
            if (phone.State.Phone is null) return parsed.Refuse("Pas encore d'e-CPS sur ce téléphone ; « psc phone activate » en active une.");

            await phone.RotateWhenDueAsync(ct);
            var asked = await phone.ECpsAsync(ct);
            if (asked.Problem is { } problem) return parsed.Refuse(problem);

            parsed.Output().Write(Table(asked.Value, phone.State.Origin, environment.Clock));
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task<int> ShowActivationAsync(PhoneEnvironment environment, SoftwarePhone phone, ParseResult parsed, CancellationToken ct)
    {
        var asked = await phone.ActivationAsync(ct);
        if (asked.Problem is { } problem) return parsed.Refuse(problem);

        var table = Empty();
        Row(table, "Serveur", phone.State.Origin.GetLeftPart(UriPartial.Authority));
        Row(table, "Activation de", asked.Value.Holder);
        Row(table, "Mode", InWords(asked.Value.Mode));
        Row(table, "Code confirmé", asked.Value.Status == "scanned" ? "non" : "oui");
        Row(table, "Essais restants", asked.Value.AttemptsLeft?.ToString(CultureInfo.InvariantCulture));
        Row(table, "Valable jusqu'au", environment.Clock.InWords(asked.Value.ExpiresAt));
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

/// <summary><c>psc phone renew --pin CODE</c>.</summary>
internal static class RenewCommand
{
    private static readonly Option<string?> Pin = PhoneOptions.Pin();

    public static Command Create(PhoneEnvironment environment)
    {
        var command = new Command("renew", "prolonge une e-CPS proche de sa fin") { Pin };
        command.SetHolderAction(environment, async (phone, parsed, ct) =>
        {
            if (environment.Ask(parsed, "Code PIN", Pin) is not { } pin) return parsed.Refuse("Quel code PIN ? Indiquez --pin.");

            var renewed = await phone.RenewAsync(pin, ct);
            if (renewed.Problem is { } problem) return parsed.Refuse(problem);

            parsed.InvocationConfiguration.Output.WriteLine($"Votre e-CPS est maintenant valable jusqu'au {environment.Clock.InWords(renewed.Value.ExpiresAt)}.");
            return ExitCode.Done;
        });
        return command;
    }
}

/// <summary><c>psc phone delete</c>: «Supprimer ma e-CPS», «Confirmer» (S2).</summary>
internal static class DeleteCommand
{
    public static Command Create(PhoneEnvironment environment) => Deactivation.Create(
        environment,
        "delete",
        "« Supprimer ma e-CPS »",
        "Votre e-CPS sera désactivée tout de suite sur tous vos services.",
        ECpsAction.Delete);
}

/// <summary><c>psc phone forget</c>: «Mot de passe oublié» (S1).</summary>
internal static class ForgetCommand
{
    public static Command Create(PhoneEnvironment environment) => Deactivation.Create(
        environment,
        "forget",
        "« Mot de passe oublié » : désactive l'e-CPS, qu'il faut alors activer à nouveau",
        "Votre code PIN ne peut pas être retrouvé : votre e-CPS sera désactivée ; vous pourrez la réactiver avec un nouveau code.",
        ECpsAction.ForgottenPin);
}

/// <summary><c>psc phone reset</c>: deletes the phone's state without notifying the server, as if the phone were lost.</summary>
internal static class ResetCommand
{
    private static readonly Option<bool> Yes = PhoneOptions.Yes();

    public static Command Create(PhoneEnvironment environment)
    {
        var command = new Command("reset", "oublie ce téléphone, comme s'il était perdu ; l'e-CPS reste active sur le serveur") { Yes };
        command.SetAction(parsed =>
        {
            var file = PhoneArguments.StateFile(parsed);
            switch (file.Read())
            {
                case PhoneStateReading.Missing:
                    return parsed.Refuse($"Il n'y a pas de téléphone dans {file.FullPath}.");
                case PhoneStateReading.Corrupt:
                    return parsed.Refuse(PhoneAction.NotAPhone(file));
            }

            if (!environment.Confirms(parsed, $"La clé de {file.FullPath} sera perdue. Continuer ?", Yes)) return parsed.Refuse("Rien n'a été changé.");

            file.Delete();
            parsed.InvocationConfiguration.Output.WriteLine("Ce téléphone est oublié.");
            return ExitCode.Done;
        });
        return command;
    }
}

/// <summary>The common part of the two ways to deactivate an e-CPS from its phone (S1, S2).</summary>
internal static class Deactivation
{
    private static readonly Option<bool> Yes = PhoneOptions.Yes();

    public static Command Create(PhoneEnvironment environment, string name, string description, string warning, ECpsAction action)
    {
        var command = new Command(name, description) { Yes };
        command.SetHolderAction(environment, async (phone, parsed, ct) =>
        {
            if (!environment.Confirms(parsed, $"{warning} Confirmer ?", Yes)) return parsed.Refuse("Rien n'a été changé.");

            var ended = await phone.DeactivateAsync(action, ct);
            if (ended.Problem is { } problem) return parsed.Refuse(problem);

            parsed.InvocationConfiguration.Output.WriteLine("Votre e-CPS est désactivée : Inactive.");
            return ExitCode.Done;
        });
        return command;
    }
}
