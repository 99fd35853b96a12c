using System.CommandLine;
using System.Diagnostics;
using ProSanteConnect.Tools.Phone;
using Spectre.Console;

namespace ProSanteConnect.Tools.PhoneCommands;

/// <summary><c>psc phone list</c>.</summary>
internal static class ListCommand
{
    public static Command Create(PhoneEnvironment environment)
    {
        var command = new Command("list", "liste les demandes de connexion en attente");
        command.SetHolderAction(environment, async (phone, parsed, ct) =>
        {
            var asked = await phone.RequestsAsync(ct);
            if (asked.Problem is { } problem) return parsed.Refuse(problem);

            if (asked.Value.Requests.Count == 0) parsed.InvocationConfiguration.Output.WriteLine(RequestsTable.None);
            else parsed.Output().Write(RequestsTable.Of(asked.Value.Requests, environment.Clock));
            return ExitCode.Done;
        });
        return command;
    }
}

/// <summary><c>psc phone watch</c>: shows each change until Ctrl-C, or until the e-CPS is no longer active.</summary>
internal static class WatchCommand
{
    public static Command Create(PhoneEnvironment environment)
    {
        var command = new Command("watch", "affiche les demandes dès qu'elles arrivent, jusqu'à Ctrl-C");
        command.SetHolderAction(environment, async (phone, parsed, ct) =>
        {
            try
            {
                await foreach (var news in phone.FollowAsync(ct))
                {
                    if (news is PhoneEvent.Ended { Problem: { } problem }) return parsed.Refuse(problem);
                    Show(news, environment.Clock, parsed);
                }
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                // Ctrl-C ends the command normally.
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static void Show(PhoneEvent news, TimeProvider clock, ParseResult parsed)
    {
        var output = parsed.InvocationConfiguration.Output;
        switch (news)
        {
            case PhoneEvent.Requests({ Count: 0 }):
                output.WriteLine(RequestsTable.None);
                break;
            case PhoneEvent.Requests(var waiting):
                parsed.Output().Write(RequestsTable.Of(waiting, clock));
                break;
            case PhoneEvent.Active(var eCps):
                output.WriteLine($"e-CPS de {eCps.Holder} : Actif, jusqu'au {clock.InWords(eCps.ExpiresAt)}");
                break;
            case PhoneEvent.Inactive:
                output.WriteLine("e-CPS : Inactive");
                break;
            default:
                throw new UnreachableException($"News {news}");
        }
    }
}

/// <summary><c>psc phone approve [DEMANDE] --number NN --pin CODE</c>.</summary>
internal static class ApproveCommand
{
    private static readonly Argument<string?> Request = ChosenRequest.Argument();

    private static readonly Option<string?> Number = new("--number")
    {
        Description = "le nombre affiché sur l'ordinateur ; sinon, il est demandé",
        HelpName = "NOMBRE",
    };

    private static readonly Option<string?> Pin = PhoneOptions.Pin();

    public static Command Create(PhoneEnvironment environment)
    {
        var command = new Command("approve", "valide une demande de connexion") { Request, Number, Pin };
        command.SetHolderAction(environment, async (phone, parsed, ct) =>
        {
            if (await ChosenRequest.FindAsync(Request, phone, parsed, ct) is not { } id) return ExitCode.Refused;
            if (environment.Ask(parsed, "Nombre affiché sur l'ordinateur", Number) is not { } number) return parsed.Refuse("Quel nombre ? Indiquez --number.");
            if (environment.Ask(parsed, "Code PIN", Pin) is not { } pin) return parsed.Refuse("Quel code PIN ? Indiquez --pin.");

            var answered = await phone.ApproveAsync(id, number, pin, ct);
            if (answered.Problem is { } problem) return parsed.Refuse(problem);

            parsed.InvocationConfiguration.Output.WriteLine("La demande est validée : la connexion continue sur l'ordinateur.");
            if (answered.Value.ReturnUri is { } page) parsed.InvocationConfiguration.Output.WriteLine($"Page qui attend sur ce téléphone : {page}");
            return ExitCode.Done;
        });
        return command;
    }
}

/// <summary><c>psc phone deny [DEMANDE] [--not-me]</c>.</summary>
internal static class DenyCommand
{
    private static readonly Argument<string?> Request = ChosenRequest.Argument();

    private static readonly Option<bool> NotMe = new("--not-me")
    {
        Description = "« Ce n'est pas moi » : les navigateurs inconnus ne pourront plus solliciter ce téléphone pendant un temps",
    };

    public static Command Create(PhoneEnvironment environment)
    {
        var command = new Command("deny", "refuse une demande de connexion") { Request, NotMe };
        command.SetHolderAction(environment, async (phone, parsed, ct) =>
        {
            if (await ChosenRequest.FindAsync(Request, phone, parsed, ct) is not { } id) return ExitCode.Refused;

            var answered = await phone.DenyAsync(id, parsed.GetValue(NotMe), ct);
            if (answered.Problem is { } problem) return parsed.Refuse(problem);

            parsed.InvocationConfiguration.Output.WriteLine("La demande est refusée : personne n'a été connecté.");
            return ExitCode.Done;
        });
        return command;
    }
}

/// <summary>The approval request to answer: the one named, or the only one pending.</summary>
internal static class ChosenRequest
{
    public static Argument<string?> Argument() => new("DEMANDE")
    {
        Description = "l'identifiant de la demande, tel que « psc phone list » l'affiche ; sans lui, la seule demande en attente",
        Arity = ArgumentArity.ZeroOrOne,
    };

    /// <summary>The request's identifier; null after writing why there is none.</summary>
    public static async Task<string?> FindAsync(Argument<string?> argument, SoftwarePhone phone, ParseResult parsed, CancellationToken ct)
    {
        if (parsed.GetValue(argument) is { } named) return named;

        var asked = await phone.RequestsAsync(ct);
        if (asked.Problem is { } problem)
        {
            parsed.Refuse(problem);
            return null;
        }

        if (asked.Value.Requests is [var only]) return only.Id;

        parsed.Refuse(asked.Value.Requests.Count == 0 ? $"{RequestsTable.None}." : "Quelle demande ? « psc phone list » les affiche.");
        return null;
    }
}

/// <summary>The pending approval requests as a table.</summary>
internal static class RequestsTable
{
    public const string None = "Aucune demande en attente";

    public static Table Of(IEnumerable<WaitingRequest> requests, TimeProvider clock)
    {
        var table = new Table()
            .AddColumn(new TableColumn("Demande").NoWrap())
            .AddColumns("Application", "Navigateur", "Lieu", "Reçue le", "Reste");
        foreach (var request in requests)
        {
            table.AddRow(
                new Text(request.Id),
                new Text(request.Application),
                new Text(request.KnownBrowser ? request.Browser : $"{request.Browser} (jamais vu)"),
                new Text(request.Place),
                new Text(clock.InWords(request.StartedAt)),
                new Text($"{Math.Max(0, (int)(request.ExpiresAt - clock.GetUtcNow()).TotalSeconds)} s"));
        }

        return table;
    }
}
