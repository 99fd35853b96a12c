using System.CommandLine;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Security.Cryptography;
using ProSanteConnect.Core.Keys;

namespace ProSanteConnect.Tools.KeyCommands;

/// <summary>Gives a command the rotation of the keys, with the master key and the times that the server has.</summary>
internal static class KeyRotationAction
{
    public static void SetRotationAction(this Command command, Func<KeyRotation, ParseResult, CancellationToken, Task<int>> run) =>
        command.SetDatabaseAction(async (database, parsed, ct) =>
        {
            var options = Options();
            if (Fault(options) is { } fault) return parsed.Refuse(fault);

            try
            {
                if (database.MasterKey() is not { } masterKey)
                {
                    parsed.Refuse("Quelle clé maîtresse ? Indiquez --master-key FICHIER, ou --data DOSSIER.");
                    return ExitCode.Misused;
                }

                return await run(new KeyRotation(database.Factory, masterKey, options), parsed, ct);
            }
            catch (FormatException)
            {
                return parsed.Refuse("Le fichier de la clé maîtresse ne contient pas 256 bits en base64.");
            }
            catch (CryptographicException)
            {
                return parsed.Refuse("Cette clé maîtresse n'est pas celle de cette base : rien n'a été changé.");
            }
        });

    /// <summary>The server's own settings, where they are given to it by its environment.</summary>
    private static KeyOptions Options()
    {
        var options = new KeyOptions();
        return new KeyOptions
        {
            RotationInterval = Time(nameof(options.RotationInterval), options.RotationInterval),
            AnnounceTime = Time(nameof(options.AnnounceTime), options.AnnounceTime),
            RetirementTime = Time(nameof(options.RetirementTime), options.RetirementTime),
            RsaKeySize = int.TryParse(Variable(nameof(options.RsaKeySize)), CultureInfo.InvariantCulture, out var bits) ? bits : options.RsaKeySize,
        };
    }

    private static string? Fault(KeyOptions options)
    {
        var failures = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), failures, validateAllProperties: true);
        return failures.Count == 0 ? null : $"Variables {KeyOptions.Section}__… : {string.Join(' ', failures.Select(failure => failure.ErrorMessage))}";
    }

    private static TimeSpan Time(string name, TimeSpan otherwise) =>
        TimeSpan.TryParse(Variable(name), CultureInfo.InvariantCulture, out var time) ? time : otherwise;

    private static string? Variable(string name) => Environment.GetEnvironmentVariable($"{KeyOptions.Section}__{name}");
}
