using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;

namespace ProSanteConnect.Core.RelyingParties;

/// <summary>
/// <c>clients.json</c>: the relying parties that an operator declares. It is applied at each start, completely or not at all.
/// <code>
/// {
///   "clients": [
///     {
///       "clientId": "mon-logiciel",                              // required
///       "name": "Mon logiciel de cabinet",                       // required; shown to the practitioner
///       "type": "confidential",                                  // or "public"
///       "redirectUris": ["https://logiciel.example/callback"],
///       "postLogoutRedirectUris": [],
///       "grantTypes": ["authorization_code", "refresh_token"],   // also "client_credentials"
///       "scopes": ["openid", "profile", "email", "identity", "scope_all"],
///       "requirePkce": false,                                    // true for a public client
///       "strictRefreshRotation": false,                          // true for a public client
///       "mayIntrospectOthers": false,
///       "echoRequestedAcr": false,                               // true: acr repeats the requested level
///       "secretSha256": ["…64 hexadecimal digits…"]              // one, or two during a rotation
///       // in a sandbox, instead: "secret": "…at least 32 characters…"
///     }
///   ],
///   "remove": ["ancien-logiciel"]
/// }
/// </code>
/// An entry replaces all properties of its client: an omitted property is reset to its default. Secrets are the exception: an entry
/// without them keeps those that <c>psc clients rotate-secret</c> made. Clients that the file does not name stay unchanged; a client
/// is removed only when <c>remove</c> names it.
/// </summary>
public sealed class ClientsFile
{
    /// <summary>The actor of the journal.</summary>
    public const string Actor = "clients.json";

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        AllowTrailingCommas = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    private readonly Document _document;

    private ClientsFile(Document document) => _document = document;

    /// <summary>
    /// Reads the file and applies it; applying it again changes nothing. Secrets in clear are accepted only with
    /// <paramref name="clearSecretsAllowed"/> (sandbox).
    /// </summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The process may not read the file.</exception>
    public static async Task<ClientsFileResult> ApplyAsync(
        string path, bool clearSecretsAllowed, Clients clients, DateTimeOffset now, CancellationToken ct = default)
    {
        var (file, faults) = Parse(await File.ReadAllTextAsync(path, ct), clearSecretsAllowed);
        return file is null
            ? new ClientsFileResult.Refused([.. faults.Select(fault => $"{path} : {fault}")])
            : await clients.ChangeAsync(db => file.ApplyAsync(db, now, ct), ct);
    }

    internal static (ClientsFile? File, IReadOnlyList<string> Faults) Parse(string json, bool clearSecretsAllowed)
    {
        Document document;
        try
        {
            document = JsonSerializer.Deserialize<Document>(json, Json) ?? throw new JsonException("null", "$", 0, 0);
        }
        catch (JsonException fault)
        {
            return (null, [Describe(fault)]);
        }

        var faults = Check(document, clearSecretsAllowed).ToList();
        return faults.Count > 0 ? (null, faults) : (new ClientsFile(document), []);
    }

    private async Task<ClientsFileResult> ApplyAsync(PscDb db, DateTimeOffset now, CancellationToken ct)
    {
        var registered = await db.Clients.ToDictionaryAsync(client => client.ClientId, StringComparer.Ordinal, ct);
        var (added, updated) = (0, 0);
        foreach (var entry in _document.Clients)
        {
            if (registered.TryGetValue(entry.ClientId, out var client))
            {
                entry.CopyTo(client);
                if (Clients.Touch(db, client, Actor, now)) updated++;
            }
            else
            {
                client = entry.ToClient(now);
                registered.Add(client.ClientId, client);
                db.Add(client);
                db.Add(Clients.Entry(client.ClientId, "added", Actor, now));
                added++;
            }
        }

        var removed = _document.Remove.Where(registered.ContainsKey).ToList();
        foreach (var clientId in removed) await Clients.RemoveAsync(db, registered[clientId], Actor, now, ct);

        return new ClientsFileResult.Applied(
            added,
            updated,
            removed.Count,
            _document.Clients.Count - added - updated,
            [.. _document.Clients.Select(entry => registered[entry.ClientId]).Where(c => !c.IsPublic && c.SecretHashes.Count == 0).Select(c => c.ClientId)]);
    }

    private static IEnumerable<string> Check(Document document, bool clearSecretsAllowed)
    {
        if (document.HasNull)
        {
            yield return "« null » n'est pas admis dans une liste.";
            yield break;
        }

        foreach (var (index, client) in document.Clients.Index())
        {
            foreach (var failure in client.Check(clearSecretsAllowed)) yield return $"clients[{index}] ({client.ClientId}), {failure}";
        }

        foreach (var twice in document.Clients.Select(client => client.ClientId).Concat(document.Remove).GroupBy(id => id, StringComparer.Ordinal))
        {
            if (twice.Count() > 1) yield return $"« {twice.Key} » y est {twice.Count()} fois.";
        }
    }

    /// <summary>A French sentence with the line and the property at fault, and the known properties there.</summary>
    private static string Describe(JsonException fault)
    {
        var line = $"ligne {fault.LineNumber + 1}";
        var path = fault.Path ?? "$";
        var name = path[(path.LastIndexOf('.') + 1)..];
        if (name.Contains('[', StringComparison.Ordinal) || name == "$") return $"{line}, {path} : ce n'est pas ce qu'on attend ici ({fault.Message})";

        var type = path.StartsWith("$.clients[", StringComparison.Ordinal) ? typeof(ClientsFileEntry) : typeof(Document);
        var known = Json.GetTypeInfo(type).Properties.Select(property => property.Name).ToList();
        return known.Contains(name)
            ? $"{line} : « {name} » n'a pas la forme attendue, ou y est deux fois ({path})."
            : $"{line} : « {name} » n'est pas une propriété connue ; connues : {string.Join(", ", known)}.";
    }

    private sealed record Document
    {
        public IReadOnlyList<ClientsFileEntry> Clients { get; init; } = [];

        public IReadOnlyList<string> Remove { get; init; } = [];

        // RespectNullableAnnotations rejects null properties, but not null elements of a list.
        internal bool HasNull => Remove.Contains(null) || Clients.Contains(null) || Clients.Any(client => client.Lists.Any(list => list.Contains(null)));
    }
}

/// <summary>One client in <c>clients.json</c>. Omitted properties have the defaults of <see cref="ClientRegistration"/>.</summary>
internal sealed record ClientsFileEntry
{
    private const int MaxSecrets = 2;
    private const int Sha256Digits = 64;
    private const int ClearSecretMinLength = 32;

    public string ClientId { get; init; } = "";
    public string Name { get; init; } = "";
    public ClientType Type { get; init; }
    public IReadOnlyList<string> RedirectUris { get; init; } = [];
    public IReadOnlyList<string> PostLogoutRedirectUris { get; init; } = [];
    public IReadOnlyList<string> GrantTypes { get; init; } = ClientRegistration.DefaultGrantTypes;
    public IReadOnlyList<string> Scopes { get; init; } = ClientRegistration.DefaultScopes;
    public bool? RequirePkce { get; init; }
    public bool? StrictRefreshRotation { get; init; }
    public bool MayIntrospectOthers { get; init; }
    public bool EchoRequestedAcr { get; init; }

    /// <summary>The hexadecimal SHA-256 of the secrets in force, one or two; null keeps the registered secrets.</summary>
    public IReadOnlyList<string>? SecretSha256 { get; init; }

    /// <summary>A secret in clear, for sandboxes only.</summary>
    public string? Secret { get; init; }

    private ClientRegistration Registration => new()
    {
        ClientId = ClientId,
        Name = Name,
        Type = Type,
        RedirectUris = RedirectUris,
        PostLogoutRedirectUris = PostLogoutRedirectUris,
        GrantTypes = GrantTypes,
        Scopes = Scopes,
        RequirePkce = RequirePkce,
        StrictRefreshRotation = StrictRefreshRotation,
        MayIntrospectOthers = MayIntrospectOthers,
        EchoRequestedAcr = EchoRequestedAcr,
    };

    internal IEnumerable<IReadOnlyList<string>> Lists => [RedirectUris, PostLogoutRedirectUris, GrantTypes, Scopes, SecretSha256 ?? []];

    // Null when the entry names no secret.
    private IReadOnlyList<string>? SecretHashes => (Secret, SecretSha256) switch
    {
        ({ } secret, _) => [ClientSecret.HashOf(secret)],
        (_, { } hashes) => [.. hashes.Select(hash => hash.ToLowerInvariant())],
        _ => null,
    };

    public Client ToClient(DateTimeOffset now)
    {
        var client = Registration.ToClient(now);
        client.SecretHashes = SecretHashes ?? [];
        return client;
    }

    public void CopyTo(Client client)
    {
        Registration.CopyTo(client);
        client.SecretHashes = SecretHashes ?? client.SecretHashes;
    }

    public IEnumerable<ClientFailure> Check(bool clearSecretsAllowed) =>
    [
        .. ClientRules.Check(Registration),
        .. Type == ClientType.Public ? CheckNoSecret() : [],
        .. CheckHashes(),
        .. CheckClearSecret(clearSecretsAllowed),
    ];

    private IEnumerable<ClientFailure> CheckNoSecret()
    {
        if (Secret is not null) yield return new ClientFailure("secret", "un client public n'a pas de secret.");
        if (SecretSha256 is not null) yield return new ClientFailure("secretSha256", "un client public n'a pas de secret.");
    }

    private IEnumerable<ClientFailure> CheckHashes()
    {
        if (SecretSha256 is null) yield break;

        if (SecretSha256.Count is 0 or > MaxSecrets)
            yield return new ClientFailure("secretSha256", $"de 1 à {MaxSecrets} empreintes, et non {SecretSha256.Count}.");
        foreach (var hash in SecretSha256.Where(hash => hash.Length != Sha256Digits || !hash.All(char.IsAsciiHexDigit)))
            yield return new ClientFailure("secretSha256", $"« {hash} » n'a pas {Sha256Digits} chiffres hexadécimaux (sha256sum du secret, sans fin de ligne).");
    }

    private IEnumerable<ClientFailure> CheckClearSecret(bool allowed)
    {
        if (Secret is null) yield break;

        if (!allowed) yield return new ClientFailure("secret", "un secret en clair n'est admis que dans le bac à sable ; donnez secretSha256.");
        if (SecretSha256 is not null) yield return new ClientFailure("secret", "donnez secret ou secretSha256, et non les deux.");
        if (Secret.Length < ClearSecretMinLength)
            yield return new ClientFailure("secret", $"au moins {ClearSecretMinLength} caractères, et non {Secret.Length}.");
    }
}

/// <summary>The file with the declared relying parties (section <c>Clients</c>).</summary>
public sealed class ClientsFileOptions
{
    public const string Section = "Clients";

    /// <summary>The path of <c>clients.json</c>, applied at each start (see <see cref="ClientsFile"/>); none by default.</summary>
    public string? File { get; set; }
}

/// <summary>The result of applying a <c>clients.json</c>.</summary>
public abstract record ClientsFileResult
{
    private ClientsFileResult()
    {
    }

    /// <summary>The file was applied completely.</summary>
    /// <param name="Added">The number of new clients.</param>
    /// <param name="Updated">The number of changed clients.</param>
    /// <param name="Removed">The number of removed clients.</param>
    /// <param name="Unchanged">The number of clients that already matched the file.</param>
    /// <param name="WithoutSecret">The confidential clients that cannot authenticate until <c>psc clients rotate-secret</c> is run.</param>
    public sealed record Applied(int Added, int Updated, int Removed, int Unchanged, IReadOnlyList<string> WithoutSecret) : ClientsFileResult;

    /// <summary>Nothing was applied; the sentences (in French) give the reasons.</summary>
    public sealed record Refused(IReadOnlyList<string> Sentences) : ClientsFileResult;
}
