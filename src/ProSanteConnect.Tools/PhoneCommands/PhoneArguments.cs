using System.CommandLine;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ProSanteConnect.Tools.Phone;

namespace ProSanteConnect.Tools.PhoneCommands;

/// <summary>The options that say which phone it is and which server it speaks to; they stand before or after the command's own.</summary>
internal static class PhoneArguments
{
    /// <summary>Where the sandbox offers everything without TLS, on this machine only.</summary>
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

    /// <summary>The server that the command line names, or null when it names none.</summary>
    public static Uri? Origin(ParseResult parsed) => parsed.GetValue(Server) is { } text ? OriginOf(text) : null;

    /// <summary>The authorities to trust; null means the machine's own.</summary>
    /// <exception cref="IOException">The file is not there, or holds no certificate.</exception>
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

    // Without TLS a token would travel in clear, so http stays on this machine.
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

/// <summary>What a phone asks its holder. The questions go to the standard error, so that a script reads answers only.</summary>
internal static class PhonePrompts
{
    /// <summary>What the option says, else what is typed; null when nobody types.</summary>
    public static string? Ask(this PhoneWorld world, ParseResult parsed, string question, Option<string?> option) =>
        parsed.GetValue(option) ?? world.Ask(parsed, question);

    /// <summary>Whether the holder agrees.</summary>
    public static bool Confirms(this PhoneWorld world, ParseResult parsed, string question, Option<bool> yes) =>
        parsed.GetValue(yes) || world.Ask(parsed, $"{question} [o/N]")?.ToLowerInvariant() is "o" or "oui";

    private static string? Ask(this PhoneWorld world, ParseResult parsed, string question)
    {
        var console = parsed.InvocationConfiguration.Error;
        console.Write($"{question} : ");
        var answer = world.Keyboard.ReadLine()?.Trim();
        if (answer is null) console.WriteLine();
        return answer is "" ? null : answer;
    }
}

/// <summary>Shows why not, as the server says it.</summary>
internal static class PhoneRefusals
{
    public static int Refuse(this ParseResult parsed, PhoneProblem problem) => parsed.Refuse(string.Concat(
        problem.Detail,
        problem.Code == PhoneProblem.Untrusted ? " Son autorité s'indique par --ca." : "",
        InWords(problem.Reason) is { } reason ? $" Motif : {reason}." : "",
        problem.Incident is { } incident ? $" (incident {incident})" : ""));

    // The reasons of the API; one of a later version is left out.
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
