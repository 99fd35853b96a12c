using System.CommandLine;
using ProSanteConnect.Tools.Phone;

namespace ProSanteConnect.Tools.PhoneCommands;

/// <summary>B6, B7: the code comes by SMS to the phone.</summary>
internal static class ActivationByContactDetails
{
    public static async Task<int?> ConfirmAsync(Option<string?> option, PhoneWorld world, SoftwarePhone phone, ParseResult parsed, CancellationToken ct)
    {
        if (parsed.GetValue(option) is null && await SendAsync(world, phone, parsed, ct) is { } notSent) return parsed.Refuse(notSent);
        if (world.Ask(parsed, "Code reçu par SMS", option) is not { } code)
            return parsed.Refuse("Quel code ? L'activation continue par « psc phone activate --code CODE ».");

        var confirmed = await phone.ExchangeCodeAsync(code, ct);
        return confirmed.Problem is { } problem ? parsed.Refuse(problem) : null;
    }

    /// <summary>Has the code sent, unless one that was sent before is still good; returns why it could not be.</summary>
    private static async Task<PhoneProblem?> SendAsync(PhoneWorld world, SoftwarePhone phone, ParseResult parsed, CancellationToken ct)
    {
        var progress = await phone.ActivationAsync(ct);
        if (progress.Problem is { } problem) return problem;

        var (to, until) = (progress.Value.MaskedPhone, progress.Value.CodeExpiresAt);
        if (until is null || until <= world.Clock.GetUtcNow())
        {
            var sent = await phone.SendSmsAsync(ct);
            if (sent.Problem is { } notSent) return notSent;

            (to, until) = (sent.Value.MaskedPhone, sent.Value.CodeExpiresAt);
        }

        parsed.InvocationConfiguration.Output.WriteLine($"Un code a été envoyé par SMS au {to} ; il est valable jusqu'au {world.Clock.InWords(until)}.");
        return null;
    }
}
