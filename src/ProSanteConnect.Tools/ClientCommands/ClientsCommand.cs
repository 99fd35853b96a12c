using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using ProSanteConnect.Core.RelyingParties;
using Spectre.Console;

namespace ProSanteConnect.Tools.ClientCommands;

/// <summary><c>psc clients</c>: the relying parties.</summary>
internal static class ClientsCommand
{
    public static Command Create(TimeProvider clock) => new("clients", "les applications (relying parties) qui demandent à connaître les professionnels")
    {
        AddClientCommand.Create(clock),
        ListClientsCommand.Create(),
        ShowClientCommand.Create(clock),
        UpdateClientCommand.Create(clock),
        RotateSecretCommand.Create(clock),
        RemoveClientCommand.Create(clock),
    };
}

/// <summary><c>psc clients list</c>.</summary>
internal static class ListClientsCommand
{
    public static Command Create()
    {
        var command = new Command("list", "liste les applications");
        command.SetDatabaseAction(async (database, parsed, ct) =>
        {
            var table = new Table()
                .AddColumn(new TableColumn("client_id").NoWrap())
                .AddColumns("Nom", "Type", "Octrois", "Adresses de retour", "Secrets valables");
            foreach (var client in await new Clients(database.Factory).ListAsync(ct))
            {
                table.AddRow(
                    new Text(client.ClientId),
                    new Text(client.Name),
                    new Text(ShowClientCommand.InWords(client.Type)),
                    new Text(string.Join('\n', client.GrantTypes)),
                    new Text(client.RedirectUris.Count.ToString(CultureInfo.InvariantCulture)),
                    new Text(client.SecretHashes.Count.ToString(CultureInfo.InvariantCulture)));
            }

            parsed.Output().Write(table);
            return ExitCode.Done;
        });
        return command;
    }
}

/// <summary><c>psc clients show</c>: one property per line, addresses unbroken.</summary>
internal static class ShowClientCommand
{
    private static readonly string Indent = $"{Environment.NewLine}{"",-34} ";

    public static Command Create(TimeProvider clock)
    {
        var command = new Command("show", "montre tout ce qui est enregistré d'une application, hormis ses secrets") { ClientArguments.ClientId };
        command.SetDatabaseAction(async (database, parsed, ct) =>
        {
            var clientId = parsed.GetRequiredValue(ClientArguments.ClientId);
            if (await new Clients(database.Factory).FindAsync(clientId, ct) is not { } client) return parsed.RefuseUnknown(clientId);

            foreach (var (label, values) in Describe(client, clock))
            {
                parsed.InvocationConfiguration.Output.WriteLine($"{label,-34} {string.Join(Indent, values)}".TrimEnd());
            }

            return ExitCode.Done;
        });
        return command;
    }

    public static string InWords(ClientType type) => type switch
    {
        ClientType.Confidential => "confidentiel",
        ClientType.Public => "public",
        var other => throw new UnreachableException($"Client type {other}"),
    };

    private static IEnumerable<(string Label, IReadOnlyList<string> Values)> Describe(Client client, TimeProvider clock) =>
    [
        ("client_id", [client.ClientId]),
        ("Nom", [client.Name]),
        ("Type", [InWords(client.Type)]),
        ("Adresses de retour", client.RedirectUris),
        ("Adresses après déconnexion", client.PostLogoutRedirectUris),
        ("Octrois", client.GrantTypes),
        ("Portées", client.Scopes),
        ("PKCE exigé", [InWords(client.RequirePkce)]),
        ("Rafraîchissement à usage unique", [InWords(client.StrictRefreshRotation)]),
        ("Introspecte les jetons des autres", [InWords(client.MayIntrospectOthers)]),
        ("Répète le niveau demandé (acr)", [InWords(client.EchoRequestedAcr)]),
        ("Secrets valables", [client.SecretHashes.Count.ToString(CultureInfo.InvariantCulture)]),
        ("Créée le", [clock.InWords(client.CreatedAt)]),
        ("Modifiée le", [clock.InWords(client.UpdatedAt)]),
    ];

    private static string InWords(bool value) => value ? "oui" : "non";
}

/// <summary><c>psc clients add</c>.</summary>
internal static class AddClientCommand
{
    public static Command Create(TimeProvider clock)
    {
        var command = new Command("add", "enregistre une application et affiche son secret, une seule fois");
        var arguments = new ClientArguments();
        arguments.AddTo(command);
        command.SetDatabaseAction(async (database, parsed, ct) =>
        {
            var clientId = parsed.GetRequiredValue(ClientArguments.ClientId);
            var registration = arguments.ApplyTo(new ClientRegistration { ClientId = clientId, Name = "" }, parsed);
            return await new Clients(database.Factory).AddAsync(registration, Operator.Actor, clock.GetUtcNow(), ct) switch
            {
                ClientChange.Added(var secret) => parsed.Reveal($"L'application {clientId} est enregistrée.", secret),
                ClientChange.AlreadyExists => parsed.Refuse($"L'application {clientId} est déjà enregistrée ; « psc clients update » la modifie."),
                ClientChange.Invalid(var failures) => parsed.RefuseAll(failures),
                var other => throw new UnreachableException($"Client change {other}"),
            };
        });
        return command;
    }
}

/// <summary><c>psc clients update</c>.</summary>
internal static class UpdateClientCommand
{
    public static Command Create(TimeProvider clock)
    {
        var command = new Command("update", "modifie ce que les options nomment ; une liste est remplacée tout entière, et vidée par l'option sans valeur");
        var arguments = new ClientArguments();
        arguments.AddTo(command);
        command.SetDatabaseAction(async (database, parsed, ct) =>
        {
            var clientId = parsed.GetRequiredValue(ClientArguments.ClientId);
            var clients = new Clients(database.Factory);
            return await clients.UpdateAsync(clientId, client => arguments.ApplyTo(client, parsed), Operator.Actor, clock.GetUtcNow(), ct) switch
            {
                ClientChange.Updated => parsed.Reveal($"L'application {clientId} est modifiée.", secret: null),
                ClientChange.Unchanged => parsed.Reveal($"L'application {clientId} était déjà ainsi.", secret: null),
                ClientChange.Unknown => parsed.RefuseUnknown(clientId),
                ClientChange.Invalid(var failures) => parsed.RefuseAll(failures),
                var other => throw new UnreachableException($"Client change {other}"),
            };
        });
        return command;
    }
}

/// <summary><c>psc clients remove</c>.</summary>
internal static class RemoveClientCommand
{
    public static Command Create(TimeProvider clock)
    {
        var command = new Command("remove", "supprime une application ; les connexions en cours chez elle prennent fin") { ClientArguments.ClientId };
        command.SetDatabaseAction(async (database, parsed, ct) =>
        {
            var clientId = parsed.GetRequiredValue(ClientArguments.ClientId);
            return await new Clients(database.Factory).RemoveAsync(clientId, Operator.Actor, clock.GetUtcNow(), ct) switch
            {
                ClientChange.Removed => parsed.Reveal($"L'application {clientId} est supprimée.", secret: null),
                ClientChange.Unknown => parsed.RefuseUnknown(clientId),
                var other => throw new UnreachableException($"Client change {other}"),
            };
        });
        return command;
    }
}

/// <summary><c>psc clients rotate-secret</c>: adds a new secret, and later drops the old one.</summary>
internal static class RotateSecretCommand
{
    private static readonly Option<bool> DropOld = new("--drop-old")
    {
        Description = "achève la rotation : seul le secret le plus récent reste valable, aucun n'est créé",
    };

    private static readonly Option<bool> Immediately = new("--immediately")
    {
        Description = "urgence : le nouveau secret remplace tous les autres sur-le-champ",
    };

    public static Command Create(TimeProvider clock)
    {
        var command = new Command("rotate-secret", "crée un secret ; l'ancien reste valable jusqu'à --drop-old")
        {
            ClientArguments.ClientId, DropOld, Immediately,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(DropOld) && result.GetValue(Immediately)) result.AddError("--drop-old et --immediately s'excluent.");
        });
        command.SetDatabaseAction(async (database, parsed, ct) =>
        {
            var clientId = parsed.GetRequiredValue(ClientArguments.ClientId);
            var clients = new Clients(database.Factory);
            return await clients.RotateSecretAsync(clientId, Rotation(parsed), Operator.Actor, clock.GetUtcNow(), ct) switch
            {
                SecretChange.Made(var secret, OldStillInForce: true) =>
                    parsed.Reveal($"L'application {clientId} a un nouveau secret ; l'ancien vaut jusqu'à « psc clients rotate-secret {clientId} --drop-old ».", secret),
                SecretChange.Made(var secret, _) => parsed.Reveal($"L'application {clientId} a un nouveau secret, seul valable.", secret),
                SecretChange.OldDropped => parsed.Reveal($"L'ancien secret de l'application {clientId} ne vaut plus rien.", secret: null),
                SecretChange.NothingToDrop => parsed.Refuse($"L'application {clientId} n'a pas d'ancien secret."),
                SecretChange.StillOverlapping =>
                    parsed.Refuse($"L'application {clientId} a déjà deux secrets valables : achevez la rotation par --drop-old, ou remplacez tout par --immediately."),
                SecretChange.PublicClient => parsed.Refuse($"L'application {clientId} est publique : elle n'a pas de secret."),
                SecretChange.Unknown => parsed.RefuseUnknown(clientId),
                var other => throw new UnreachableException($"Secret change {other}"),
            };
        });
        return command;
    }

    private static SecretRotation Rotation(ParseResult parsed) => (parsed.GetValue(DropOld), parsed.GetValue(Immediately)) switch
    {
        (true, _) => SecretRotation.DropOld,
        (_, true) => SecretRotation.Replace,
        _ => SecretRotation.Overlap,
    };
}

/// <summary>Output that several client commands share.</summary>
internal static class ClientAnswers
{
    /// <summary>Writes the secret alone to the standard output, so that a script can read it, and the rest to the standard error.</summary>
    public static int Reveal(this ParseResult parsed, string sentence, ClientSecret? secret)
    {
        parsed.InvocationConfiguration.Error.WriteLine(sentence);
        if (secret is null) return ExitCode.Done;

        parsed.InvocationConfiguration.Error.WriteLine("Son secret, affiché cette seule fois :");
        parsed.InvocationConfiguration.Output.WriteLine(secret.Reveal());
        return ExitCode.Done;
    }

    public static int RefuseAll(this ParseResult parsed, IEnumerable<ClientFailure> failures)
    {
        foreach (var failure in failures) parsed.Refuse($"{ClientArguments.OptionFor(failure.Property)} : {failure.Sentence}");
        return ExitCode.Refused;
    }

    public static int RefuseUnknown(this ParseResult parsed, string clientId) =>
        parsed.Refuse($"L'application {clientId} n'est pas enregistrée ; « psc clients list » les affiche.");
}
