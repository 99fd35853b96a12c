using System.CommandLine;
using System.Diagnostics;
using ProSanteConnect.Core.Devices;
using ProSanteConnect.Tools.Phone;
using Spectre.Console;

namespace ProSanteConnect.Tools.PhoneCommands;

/// <summary><c>psc phone search --email MAIL --phone NUMÉRO</c>: «Rechercher» (B3.1–B3.5).</summary>
internal static class SearchCommand
{
    private static readonly Option<string> Email = new("--email")
    {
        Description = "l'adresse mail de correspondance",
        HelpName = "MAIL",
        Required = true,
    };

    private static readonly Option<string> Telephone = new("--phone")
    {
        Description = "le téléphone de correspondance",
        HelpName = "NUMÉRO",
        Required = true,
    };

    public static Command Create(PhoneEnvironment environment)
    {
        var command = new Command("search", "retrouve un numéro RPPS oublié") { Email, Telephone };
        command.SetPhoneAction(environment, async (phone, parsed, ct) =>
        {
            var found = await phone.SearchRppsAsync(parsed.GetRequiredValue(Email), parsed.GetRequiredValue(Telephone), ct);
            if (found.Problem is { } problem) return parsed.Refuse(problem);

            parsed.InvocationConfiguration.Output.WriteLine($"Votre numéro RPPS : {found.Value.Rpps}");
            return ExitCode.Done;
        });
        return command;
    }
}

/// <summary><c>psc phone request --rpps NUMÉRO</c>: «Envoyer une demande d'activation» (B2, B3).</summary>
internal static class RequestCommand
{
    private static readonly Option<string> Rpps = new("--rpps")
    {
        Description = "le numéro RPPS (11 chiffres), ou l'identifiant national (8 suivi du numéro)",
        HelpName = "NUMÉRO",
        Required = true,
    };

    public static Command Create(PhoneEnvironment environment)
    {
        var command = new Command("request", "demande un QR code par mail, à l'adresse de correspondance de l'annuaire") { Rpps };
        command.SetPhoneAction(environment, async (phone, parsed, ct) =>
        {
            var asked = await phone.RequestActivationAsync(parsed.GetRequiredValue(Rpps), ct);
            if (asked.Problem is { } problem) return parsed.Refuse(problem);

            parsed.InvocationConfiguration.Output.WriteLine(
                "Si ce numéro est dans l'annuaire, un QR code part à l'adresse de correspondance. Son lien sert à « psc phone activate --qr LIEN ».");
            return ExitCode.Done;
        });
        return command;
    }
}

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

    public static Command Create(PhoneEnvironment environment)
    {
        var command = new Command("activate", "active une e-CPS avec un QR code, affiché par le portail ou reçu par mail") { Qr, Code, Pin, Device };
        command.SetPhoneAction(environment, async (phone, parsed, ct) =>
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

            return running.EnrolmentToken is null && await ConfirmAsync(running, environment, phone, parsed, ct) is { } refused
                ? refused
                : await EnrolAsync(environment, phone, parsed, ct);
        });
        return command;
    }

    /// <summary>Transfers the code between phone and computer; null on success, otherwise the exit code.</summary>
    private static Task<int?> ConfirmAsync(RunningActivation running, PhoneEnvironment environment, SoftwarePhone phone, ParseResult parsed, CancellationToken ct)
    {
        parsed.InvocationConfiguration.Output.WriteLine($"Activation de l'e-CPS de {running.Holder}");
        return running.Mode switch
        {
            ActivationMode.Card => ActivationByCard.ConfirmAsync(running, phone, parsed, ct),
            ActivationMode.ContactDetails => ActivationByContactDetails.ConfirmAsync(Code, environment, phone, parsed, ct),
            var other => throw new UnreachableException($"Mode {other}"),
        };
    }

    private static async Task<int> EnrolAsync(PhoneEnvironment environment, SoftwarePhone phone, ParseResult parsed, CancellationToken ct)
    {
        if (environment.Ask(parsed, "Nouveau code PIN", Pin) is not { } pin)
            return parsed.Refuse("Quel code PIN ? L'activation continue par « psc phone activate --pin CODE ».");

        var enrolled = await phone.EnrolAsync(pin, parsed.GetRequiredValue(Device), ct);
        if (enrolled.Problem is { } problem) return parsed.Refuse(problem);

        var eCps = enrolled.Value.ECps;
        var output = parsed.InvocationConfiguration.Output;
        output.WriteLine("Votre e-CPS est maintenant activée.");
        output.WriteLine($"{eCps.Holder}, {eCps.NationalId}, jusqu'au {environment.Clock.InWords(eCps.ExpiresAt)}");
        output.WriteLine($"Conditions générales d'utilisation acceptées : {phone.State.Origin}app/cgu.html ({SoftwarePhone.ConditionsVersion})");
        return ExitCode.Done;
    }
}

/// <summary>A8, A9: the phone shows the code, the holder types it on the computer.</summary>
internal static class ActivationByCard
{
    public static async Task<int?> ConfirmAsync(RunningActivation running, SoftwarePhone phone, ParseResult parsed, CancellationToken ct)
    {
        Show(running.PairingCode ?? "", parsed.Output());
        var confirmed = await phone.WaitForComputerAsync(ct);
        return confirmed.Problem is { } problem ? parsed.Refuse(problem) : null;
    }

    private static void Show(string code, IAnsiConsole console)
    {
        if (console.Profile.Out.IsTerminal) console.Write(new FigletText(string.Join(' ', code.Chunk(3).Select(half => new string(half)))));
        console.WriteLine($"Saisissez ce code sur l'ordinateur : {code}");
    }
}

/// <summary>B6, B7: the code arrives by SMS and is typed on the phone.</summary>
internal static class ActivationByContactDetails
{
    public static async Task<int?> ConfirmAsync(Option<string?> option, PhoneEnvironment environment, SoftwarePhone phone, ParseResult parsed, CancellationToken ct)
    {
        if (parsed.GetValue(option) is null && await SendAsync(environment, phone, parsed, ct) is { } notSent) return parsed.Refuse(notSent);
        if (environment.Ask(parsed, "Code reçu par SMS", option) is not { } code)
            return parsed.Refuse("Quel code ? L'activation continue par « psc phone activate --code CODE ».");

        var confirmed = await phone.ExchangeCodeAsync(code, ct);
        return confirmed.Problem is { } problem ? parsed.Refuse(problem) : null;
    }

    /// <summary>Has a code sent unless an earlier one is still valid; returns the problem when that fails.</summary>
    private static async Task<PhoneProblem?> SendAsync(PhoneEnvironment environment, SoftwarePhone phone, ParseResult parsed, CancellationToken ct)
    {
        var progress = await phone.ActivationAsync(ct);
        if (progress.Problem is { } problem) return problem;

        var (to, until) = (progress.Value.MaskedPhone, progress.Value.CodeExpiresAt);
        if (until is null || until <= environment.Clock.GetUtcNow())
        {
            var sent = await phone.SendSmsAsync(ct);
            if (sent.Problem is { } notSent) return notSent;

            (to, until) = (sent.Value.MaskedPhone, sent.Value.CodeExpiresAt);
        }

        parsed.InvocationConfiguration.Output.WriteLine($"Un code a été envoyé par SMS au {to} ; il est valable jusqu'au {environment.Clock.InWords(until)}.");
        return null;
    }
}
