using System.CommandLine;
using System.Diagnostics;
using ProSanteConnect.Core.Enrolment;
using ProSanteConnect.Tools.Phone;

namespace ProSanteConnect.Tools.PhoneCommands;

/// <summary><c>psc phone activate --qr TEXTE</c>: from the QR code to the active e-CPS (A4–A10, B5–B9).</summary>
internal static class ActivateCommand
{
    private static readonly Option<string?> Qr = new("--qr")
    {
        Description = "le contenu du QR code, ou le code écrit dessous ; sans lui, l'activation commencée continue",
        HelpName = "TEXTE",
    };

    private static readonly Option<string?> Code = new("--code")
    {
        Description = "le code reçu par SMS ; sinon, il est envoyé puis demandé",
        HelpName = "CODE",
    };

    private static readonly Option<string?> Pin = PhoneOptions.Pin("le code PIN à choisir, par exemple 2580 ; sinon, il est demandé");

    private static readonly Option<string> Device = new("--device")
    {
        Description = "le nom du téléphone, que son porteur reconnaîtra",
        HelpName = "NOM",
        DefaultValueFactory = _ => $"psc phone ({Environment.MachineName})",
    };

    public static Command Create(PhoneWorld world)
    {
        var command = new Command("activate", "active une e-CPS avec un QR code, affiché par le portail ou reçu par mail") { Qr, Code, Pin, Device };
        command.SetPhoneAction(world, async (phone, parsed, ct) =>
        {
            if (parsed.GetValue(Qr) is { } qrText)
            {
                var pairing = await phone.ScanAsync(qrText, parsed.GetRequiredValue(Device), ct);
                if (pairing.Problem is { } problem) return parsed.Refuse(problem);
            }

            if (phone.State.Activation is not { } running)
            {
                parsed.Refuse("Quel QR code ? Indiquez --qr TEXTE.");
                return ExitCode.Misused;
            }

            return running.EnrolmentToken is null && await ConfirmAsync(running, world, phone, parsed, ct) is { } refused
                ? refused
                : await EnrolAsync(world, phone, parsed, ct);
        });
        return command;
    }

    /// <summary>Brings the code from one side to the other; null when it was the right one.</summary>
    private static Task<int?> ConfirmAsync(RunningActivation running, PhoneWorld world, SoftwarePhone phone, ParseResult parsed, CancellationToken ct)
    {
        parsed.InvocationConfiguration.Output.WriteLine($"Activation de l'e-CPS de {running.Holder}");
        return running.Mode switch
        {
            ActivationMode.Card => ActivationByCard.ConfirmAsync(running, phone, parsed, ct),
            ActivationMode.ContactDetails => ActivationByContactDetails.ConfirmAsync(Code, world, phone, parsed, ct),
            var other => throw new UnreachableException($"Mode {other}"),
        };
    }

    private static async Task<int> EnrolAsync(PhoneWorld world, SoftwarePhone phone, ParseResult parsed, CancellationToken ct)
    {
        if (world.Ask(parsed, "Nouveau code PIN", Pin) is not { } pin)
            return parsed.Refuse("Quel code PIN ? L'activation continue par « psc phone activate --pin CODE ».");

        var enrolled = await phone.EnrolAsync(pin, parsed.GetRequiredValue(Device), ct);
        if (enrolled.Problem is { } problem) return parsed.Refuse(problem);

        var eCps = enrolled.Value.ECps;
        var output = parsed.InvocationConfiguration.Output;
        output.WriteLine("Votre e-CPS est maintenant activée.");
        output.WriteLine($"{eCps.Holder}, {eCps.NationalId}, jusqu'au {world.Clock.InWords(eCps.ExpiresAt)}");
        output.WriteLine($"Conditions générales d'utilisation acceptées : {phone.State.Origin}app/cgu.html ({SoftwarePhone.ConditionsVersion})");
        return ExitCode.Done;
    }
}
