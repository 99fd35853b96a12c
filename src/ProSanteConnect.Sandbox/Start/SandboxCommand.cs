using System.CommandLine;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace ProSanteConnect.Sandbox.Start;

/// <summary>The command line: starts the sandbox, or says in one sentence why it cannot start.</summary>
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
