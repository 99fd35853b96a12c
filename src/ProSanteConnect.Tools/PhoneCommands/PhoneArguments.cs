using System.CommandLine;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ProSanteConnect.Tools.Phone;

namespace ProSanteConnect.Tools.PhoneCommands;

/// <summary>The options for the phone's state file and its server, valid before or after the subcommand's own options.</summary>
internal static class PhoneArguments
{
    /// <summary>The sandbox's address without TLS, on loopback only.</summary>
    public static readonly Uri SandboxOrigin = new("http://localhost:8080");

    private static readonly Option<FileInfo?> State = new("--state")
    {
        Description = "fichier qui contient ce téléphone ; sinon ~/.psc-phone/phone.json",
        HelpName = "FICHIER",
        Recursive = true,
    };

    private static readonly Option<string?> Server = new("--server")
    {
        Description = $"adresse de l'application e-CPS ; sinon celle du téléphone, sinon {SandboxOrigin.GetLeftPart(UriPartial.Authority)}",
        HelpName = "ADRESSE",
        Recursive = true,
    };

    private static readonly Option<FileInfo?> Authority = new("--ca")
    {
        Description = "autorité de certification du serveur (PEM) ; celle du bac à sable : certificats/autorite-du-bac-a-sable.pem de ses données",
        HelpName = "FICHIER",
        Recursive = true,
    };

    static PhoneArguments() => Server.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<string?>() is { } text && OriginOf(text) is null)
            result.AddError($"--server {text} : attendu https://hôte[:port], ou http://localhost[:port] sur cette machine.");
    });

    public static void AddTo(Command phone)
    {
        phone.Options.Add(State);
        phone.Options.Add(Server);
        phone.Options.Add(Authority);
    }

    public static PhoneStateFile StateFile(ParseResult parsed) => new(parsed.GetValue(State)?.FullName ?? PhoneStateFile.DefaultPath);

    /// <summary>The server named on the command line; null when none is.</summary>
    public static Uri? Origin(ParseResult parsed) => parsed.GetValue(Server) is { } text ? OriginOf(text) : null;

    /// <summary>The authorities to trust; null for those of the system.</summary>
    /// <exception cref="IOException">The file is missing, or contains no certificate.</exception>
    public static X509Certificate2Collection? Authorities(ParseResult parsed)
    {
        if (parsed.GetValue(Authority) is not { } file) return null;

        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPemFile(file.FullName);
        }
        catch (CryptographicException)
        {
            authorities.Clear();
        }

        return authorities.Count > 0 ? authorities : throw new IOException($"{file.FullName} ne contient pas de certificat (PEM).");
    }

    // Without TLS tokens travel in clear, so http is allowed on loopback only.
    private static Uri? OriginOf(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
        && uri is { AbsolutePath: "/", Query: "", Fragment: "", UserInfo: "" }
            ? new Uri(uri.GetLeftPart(UriPartial.Authority))
            : null;
}

/// <summary>Options that several commands share.</summary>
internal static class PhoneOptions
{
    public static Option<string?> Pin(string description = "le code PIN de l'e-CPS ; sinon, il est demandé") =>
        new("--pin") { Description = description, HelpName = "CODE" };

    public static Option<bool> Yes() => new("--yes") { Description = "ne demande pas de confirmation" };
}

/// <summary>Prompts for the holder. They go to the standard error, so that a script reads results only.</summary>
internal static class PhonePrompts
{
    /// <summary>The option's value, or typed input; null when the input has ended.</summary>
    public static string? Ask(this PhoneEnvironment environment, ParseResult parsed, string question, Option<string?> option) =>
        parsed.GetValue(option) ?? environment.Ask(parsed, question);

    /// <summary>Whether the holder confirms.</summary>
    public static bool Confirms(this PhoneEnvironment environment, ParseResult parsed, string question, Option<bool> yes) =>
        parsed.GetValue(yes) || environment.Ask(parsed, $"{question} [o/N]")?.ToLowerInvariant() is "o" or "oui";

    private static string? Ask(this PhoneEnvironment environment, ParseResult parsed, string question)
    {
        var console = parsed.InvocationConfiguration.Error;
        console.Write($"{question} : ");
        var answer = environment.Keyboard.ReadLine()?.Trim();
        if (answer is null) console.WriteLine();
        return answer is "" ? null : answer;
    }
}

/// <summary>Prints a problem with the server's sentence.</summary>
internal static class PhoneRefusals
{
    public static int Refuse(this ParseResult parsed, PhoneProblem problem) => parsed.Refuse(string.Concat(
        problem.Detail,
        problem.Code == PhoneProblem.Untrusted ? " Son autorité s'indique par --ca." : "",
        InWords(problem.Reason) is { } reason ? $" Motif : {reason}." : "",
        problem.Incident is { } incident ? $" (incident {incident})" : ""));

    // The API's reasons; an unknown reason of a later version is omitted.
    private static string? InWords(string? reason) => reason switch
    {
        "deleted" => "supprimée depuis un téléphone",
        "forgotten-pin" => "code PIN oublié",
        "deactivated" => "désactivée depuis « Mon compte »",
        "replaced" => "remplacée par un autre téléphone",
        "blocked" => "code PIN mal saisi trop de fois",
        "expired" => "validité passée",
        "delisted" => "absence de l'annuaire santé",
        "operator" => "désactivée par l'exploitant",
        _ => null,
    };
}
