using System.CommandLine;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace ProSanteConnect.Sandbox.Start;

/// <summary>The command line: starts the sandbox, or prints one sentence that says why it cannot start.</summary>
internal static class SandboxCommand
{
    private static readonly Option<string> Data = new("--data")
    {
        Description = "dossier qui contient tout l'état du bac à sable ; l'effacer, c'est recommencer",
        HelpName = "DOSSIER",
        DefaultValueFactory = _ => new SandboxArguments().DataFolder,
    };

    private static readonly Option<string[]> Host = new("--host")
    {
        Description = "nom d'hôte supplémentaire auquel répondre, par exemple auth.bas.psc.esante.gouv.fr (répétable)",
        HelpName = "NOM",
        DefaultValueFactory = _ => [],
    };

    private static readonly Option<int> HttpsPort = Port("--https-port", "port https", new SandboxArguments().HttpsPort);
    private static readonly Option<int> CardPort = Port("--card-port", "port du lecteur de carte", new SandboxArguments().CardPort);
    private static readonly Option<int> HttpPort = Port("--http-port", "port http, sur cette machine seulement", new SandboxArguments().HttpPort);

    public static Task<int> RunAsync(string[] args)
    {
        var command = new RootCommand("Le bac à sable de ProSanteConnect : tout, sur une machine, sans carte ni compte.")
        {
            Data, Host, HttpsPort, CardPort, HttpPort,
        };
        command.SetAction(StartAsync);
        return command.Parse(args).InvokeAsync();
    }

    private static async Task<int> StartAsync(ParseResult parsed, CancellationToken ct)
    {
        var arguments = new SandboxArguments
        {
            DataFolder = parsed.GetValue(Data)!,
            Hosts = parsed.GetValue(Host)!,
            HttpsPort = parsed.GetValue(HttpsPort),
            CardPort = parsed.GetValue(CardPort),
            HttpPort = parsed.GetValue(HttpPort),
        };
        try
        {
            var prepared = await SandboxPreparation.PrepareAsync(arguments, TimeProvider.System, ct);
            await using var app = SandboxHost.Build(prepared, TimeProvider.System);
            await app.StartAsync(ct);
            StartTable.Print(prepared);
            await app.WaitForShutdownAsync(ct);
            return 0;
        }
        catch (Exception exception) when (SentenceFor(exception, arguments) is { } sentence)
        {
            await Console.Error.WriteLineAsync(sentence.AsMemory(), CancellationToken.None);
            return 1;
        }
    }

    private static string? SentenceFor(Exception exception, SandboxArguments arguments) => exception switch
    {
        SandboxCannotStartException cannot => cannot.Message,
        IOException { InnerException: AddressInUseException } busy => PortSentence(busy.Message),
        IOException { InnerException: SocketException } socket => PortSentence(socket.Message),
        SocketException socket => PortSentence(socket.Message),
        UnauthorizedAccessException or IOException =>
            $"Le dossier « {Path.GetFullPath(arguments.DataFolder)} » ne peut pas être écrit : {exception.Message} Choisissez-en un autre avec --data.",
        _ => null,
    };

    private static string PortSentence(string message) =>
        $"Un port est déjà pris ({message.TrimEnd('.')}). Arrêtez l'autre programme, ou choisissez d'autres ports avec --https-port, --card-port et --http-port.";

    private static Option<int> Port(string name, string description, int port) => new(name)
    {
        Description = description,
        HelpName = "PORT",
        DefaultValueFactory = _ => port,
    };
}

/// <summary>Prints the addresses and files of the sandbox. Each address stays on one line, so that it can be copied.</summary>
internal static class StartTable
{
    public static void Print(PreparedSandbox prepared)
    {
        var arguments = prepared.Arguments;
        var https = $"https://localhost:{arguments.HttpsPort}";
        var http = $"http://localhost:{arguments.HttpPort}";
        Console.WriteLine();
        Line("Portail", $"{http}/  (ou {https}/)");
        foreach (var name in arguments.Names)
            Line("Découverte", $"https://{name}:{arguments.HttpsPort}/auth/realms/esante-wallet/.well-known/wallet-openid-configuration");

        Line("Lecteur de carte", $"https://localhost:{arguments.CardPort}/  (TLS avec certificat)");
        Line("Cartes de test", $"{http}/sandbox/cartes  (une par professionnel, code porteur 1234)");
        Line("Mails et SMS", $"{http}/sandbox/boite  (rien ne quitte cette machine)");
        Line("Professionnels", $"{prepared.Practitioners}, tous fictifs");
        Line("Relying party", "exemple-web, secret exemple-web-secret-pour-le-bac-a-sable-0001");
        Line("Vos clients", prepared.Folder.Clients);
        Line("Autorité TLS", prepared.Folder.TrustedRoot);
        Line("État", $"{prepared.Folder.FullPath}  (l'effacer, c'est recommencer)");
        Console.WriteLine();
        Console.WriteLine("Le bac à sable est prêt. Ctrl+C pour l'arrêter.");
    }

    private static void Line(string name, string value) => Console.WriteLine($"  {name,-17} {value}");
}
