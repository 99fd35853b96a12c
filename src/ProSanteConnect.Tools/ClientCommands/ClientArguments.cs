using System.CommandLine;
using ProSanteConnect.Core.RelyingParties;

namespace ProSanteConnect.Tools.ClientCommands;

/// <summary>The options that describe a client. An omitted option leaves its property unchanged.</summary>
internal sealed class ClientArguments
{
    public static Argument<string> ClientId { get; } = new("CLIENT_ID") { Description = "l'identifiant de l'application (client_id)" };

    private readonly Option<string?> _name = new("--name") { Description = "le nom que lit le professionnel", HelpName = "NOM" };

    private readonly Option<ClientType?> _type = new("--type")
    {
        Description = "confidential (par défaut), ou public : sans secret, avec PKCE et des jetons de rafraîchissement à usage unique",
        HelpName = "confidential|public",
    };

    private readonly Option<string[]> _redirectUris = List("--redirect-uri", "adresse de retour, exacte ; l'option se répète", "URI");
    private readonly Option<string[]> _postLogoutRedirectUris = List("--post-logout-redirect-uri", "adresse de retour après déconnexion", "URI");
    private readonly Option<string[]> _grantTypes = List("--grant-type", $"parmi {InWords(ClientGrantTypes.Known)} ; d'abord {InWords(ClientRegistration.DefaultGrantTypes)}", "TYPE");
    private readonly Option<string[]> _scopes = List("--scope", $"portée que l'application peut demander ; d'abord {InWords(ClientRegistration.DefaultScopes)}", "SCOPE");
    private readonly Option<bool?> _requirePkce = Switch("--require-pkce", "exige PKCE");
    private readonly Option<bool?> _strictRefreshRotation = Switch("--strict-refresh-rotation", "un jeton de rafraîchissement ne sert qu'une fois");
    private readonly Option<bool?> _mayIntrospectOthers = Switch("--may-introspect-others", "serveur de ressources : peut introspecter les jetons des autres");
    private readonly Option<bool?> _echoRequestedAcr = Switch("--echo-requested-acr", "acr répète le niveau demandé au lieu du niveau atteint (connecteurs de 2023)");

    public void AddTo(Command command)
    {
        command.Arguments.Add(ClientId);
        Option[] options =
        [
            _name, _type, _redirectUris, _postLogoutRedirectUris, _grantTypes, _scopes, _requirePkce, _strictRefreshRotation, _mayIntrospectOthers,
            _echoRequestedAcr,
        ];
        foreach (var option in options) command.Options.Add(option);
    }

    public ClientRegistration ApplyTo(ClientRegistration client, ParseResult parsed)
    {
        var type = parsed.GetValue(_type) ?? client.Type;

        // A default that depended on the former type is replaced by that of the new type.
        var sameType = type == client.Type;
        return client with
        {
            Name = parsed.GetValue(_name) ?? client.Name,
            Type = type,
            RedirectUris = Given(_redirectUris) ?? client.RedirectUris,
            PostLogoutRedirectUris = Given(_postLogoutRedirectUris) ?? client.PostLogoutRedirectUris,
            GrantTypes = Given(_grantTypes) ?? client.GrantTypes,
            Scopes = Given(_scopes) ?? client.Scopes,
            RequirePkce = parsed.GetValue(_requirePkce) ?? (sameType ? client.RequirePkce : null),
            StrictRefreshRotation = parsed.GetValue(_strictRefreshRotation) ?? (sameType ? client.StrictRefreshRotation : null),
            MayIntrospectOthers = parsed.GetValue(_mayIntrospectOthers) ?? client.MayIntrospectOthers,
            EchoRequestedAcr = parsed.GetValue(_echoRequestedAcr) ?? client.EchoRequestedAcr,
        };

        string[]? Given(Option<string[]> option) => parsed.GetResult(option) is null ? null : parsed.GetValue(option);
    }

    /// <summary>The option for a property of <c>clients.json</c>.</summary>
    public static string OptionFor(string property) => property switch
    {
        "name" => "--name",
        "redirectUris" => "--redirect-uri",
        "postLogoutRedirectUris" => "--post-logout-redirect-uri",
        "grantTypes" => "--grant-type",
        "scopes" => "--scope",
        "requirePkce" => "--require-pkce",
        "strictRefreshRotation" => "--strict-refresh-rotation",
        "mayIntrospectOthers" => "--may-introspect-others",
        "echoRequestedAcr" => "--echo-requested-acr",
        _ => "CLIENT_ID",
    };

    private static string InWords(IEnumerable<string> words) => string.Join(", ", words);

    // An option without a value empties the list.
    private static Option<string[]> List(string name, string description, string helpName) =>
        new(name) { Description = description, HelpName = helpName, Arity = ArgumentArity.ZeroOrMore };

    private static Option<bool?> Switch(string name, string description) =>
        new(name) { Description = description, HelpName = "true|false", Arity = ArgumentArity.ZeroOrOne };
}
