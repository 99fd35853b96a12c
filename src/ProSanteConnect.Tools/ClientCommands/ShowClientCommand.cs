using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using ProSanteConnect.Core.RelyingParties;

namespace ProSanteConnect.Tools.ClientCommands;

/// <summary><c>psc clients show</c>: one property a line, an address whole on its line.</summary>
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
        ("Secrets valables", [client.SecretHashes.Count.ToString(CultureInfo.InvariantCulture)]),
        ("Créée le", [clock.InWords(client.CreatedAt)]),
        ("Modifiée le", [clock.InWords(client.UpdatedAt)]),
    ];

    private static string InWords(bool value) => value ? "oui" : "non";
}
