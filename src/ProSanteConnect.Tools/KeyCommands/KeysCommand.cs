using System.CommandLine;
using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Keys;
using Spectre.Console;
using ValidationResult = System.ComponentModel.DataAnnotations.ValidationResult;

namespace ProSanteConnect.Tools.KeyCommands;

/// <summary><c>psc keys</c>: the keys that sign tokens.</summary>
internal static class KeysCommand
{
    public static Command Create(TimeProvider clock) => new("keys", "les clés de signature des jetons")
    {
        ListKeysCommand.Create(clock),
        RotateKeysCommand.Create(clock),
        RetireKeyCommand.Create(clock),
    };
}

/// <summary><c>psc keys list</c>: needs no master key, because no private key is opened.</summary>
internal static class ListKeysCommand
{
    public static Command Create(TimeProvider clock)
    {
        var command = new Command("list", "liste les clés, avec leur état et leurs dates");
        command.SetDatabaseAction(async (database, parsed, ct) =>
        {
            await using var db = database.Open();
            var keys = await db.SigningKeys.AsNoTracking().OrderBy(key => key.Sequence).ToListAsync(ct);
            parsed.Output().Write(Table(keys, clock));
            return ExitCode.Done;
        });
        return command;
    }

    private static Table Table(List<SigningKey> keys, TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        var table = new Table()
            .AddColumn(new TableColumn("Clé (kid)").NoWrap())
            .AddColumns("État", "Algorithme", "Signe dès le", "Cesse de signer le", "N'est plus publiée dès le");
        foreach (var key in keys)
        {
            var retiredFrom = SigningKeyLifeCycle.RetiredFrom(key, keys);
            table.AddRow(
                key.Kid,
                InWords(SigningKeyLifeCycle.StateAt(now, key.ActiveFrom, retiredFrom, key.RemovedAt)),
                key.Algorithm,
                clock.InWords(key.ActiveFrom),
                clock.InWords(retiredFrom),
                clock.InWords(key.RemovedAt));
        }

        return table;
    }

    private static string InWords(SigningKeyState state) => state switch
    {
        SigningKeyState.Announced => "annoncée",
        SigningKeyState.Active => "active",
        SigningKeyState.Retired => "publiée encore",
        SigningKeyState.Removed => "supprimée",
        var other => throw new UnreachableException($"State {other}"),
    };
}

/// <summary><c>psc keys rotate</c>.</summary>
internal static class RotateKeysCommand
{
    private static readonly Option<bool> Immediately = new("--immediately")
    {
        Description = "la nouvelle clé signe tout de suite : une application qui garde longtemps l'ancien jeu de clés refusera ses jetons",
    };

    public static Command Create(TimeProvider clock)
    {
        var command = new Command("rotate", "annonce la prochaine clé sans attendre sa date") { Immediately };
        command.SetRotationAction(async (rotation, parsed, ct) =>
        {
            var result = await rotation.RotateNowAsync(parsed.GetValue(Immediately), Operator.Actor, clock.GetUtcNow(), ct);
            parsed.InvocationConfiguration.Output.WriteLine(InWords(result, clock));
            return ExitCode.Done;
        });
        return command;
    }

    private static string InWords(RotationResult result, TimeProvider clock) => result switch
    {
        RotationResult.Announced(var kid, var activeFrom) =>
            $"La clé {kid} est annoncée ; elle signera à partir du {clock.InWords(activeFrom)}.",
        RotationResult.AlreadyAnnounced(var kid, var activeFrom) =>
            $"La clé {kid} était déjà annoncée ; elle signera à partir du {clock.InWords(activeFrom)}. Pour ne pas attendre : --immediately.",
        RotationResult.Activated(var kid) => $"La clé {kid} signe désormais.",
        var other => throw new UnreachableException($"Rotation result {other}"),
    };
}

/// <summary><c>psc keys retire KID</c>: removes a compromised key at once.</summary>
internal static class RetireKeyCommand
{
    private static readonly Argument<string> Kid = new("KID") { Description = "l'identifiant de la clé, tel que « psc keys list » l'affiche" };

    public static Command Create(TimeProvider clock)
    {
        var command = new Command("retire", "urgence : supprime sur-le-champ une clé qui a pu fuir ; tous les jetons qu'elle a signés sont refusés") { Kid };
        command.SetRotationAction(async (rotation, parsed, ct) =>
        {
            var kid = parsed.GetRequiredValue(Kid);
            switch (await rotation.RetireAsync(kid, Operator.Actor, clock.GetUtcNow(), ct))
            {
                case RetirementResult.Removed(var signing):
                    parsed.InvocationConfiguration.Output.WriteLine($"La clé {kid} n'est plus publiée. La clé {signing} signe.");
                    return ExitCode.Done;
                case RetirementResult.AlreadyRemoved:
                    return parsed.Refuse($"La clé {kid} était déjà supprimée.");
                case RetirementResult.UnknownKey:
                    return parsed.Refuse($"La clé {kid} n'existe pas ; « psc keys list » les affiche.");
                case var other:
                    throw new UnreachableException($"Retirement result {other}");
            }
        });
        return command;
    }
}

/// <summary>Runs a command with the key rotation, its master key and the server's key options.</summary>
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

    /// <summary>The server's key options, read from the same environment variables.</summary>
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
