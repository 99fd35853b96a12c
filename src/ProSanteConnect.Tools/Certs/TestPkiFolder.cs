using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ProSanteConnect.Tools.Certs;

/// <summary>Stores a <see cref="TestPki"/> on disk, in the formats for browsers, proxies and people. certs/README.md lists the files.</summary>
public sealed class TestPkiFolder(string path)
{
    // A developer's browser may trust these authorities, so only the owner may read their keys.
    private const UnixFileMode OwnersOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly TimeSpan ServerCertificateReserve = TimeSpan.FromDays(30);

    public string FullPath { get; } = Path.GetFullPath(path);

    /// <summary>All authorities in one file, for <c>Card:TrustedAuthorities</c>.</summary>
    public string AuthoritiesFile => At("authorities.pem");

    /// <summary>Whether the folder contains a complete PKI; the index of the cards is written last.</summary>
    public bool Exists => File.Exists(IndexFile);

    private string IndexFile => At("cards.json");

    /// <summary>Opens the stored PKI, creating it and the missing cards of these holders.</summary>
    /// <exception cref="IOException">A stored file cannot be read.</exception>
    public TestPki OpenOrCreate(IReadOnlyList<CardHolder> holders, DateTimeOffset now)
    {
        if (!Exists)
        {
            var pki = TestPki.Create(holders, now);
            Save(pki, now);
            return pki;
        }

        var opened = Open();
        var added = opened.AddMissingCards(holders, now);
        foreach (var card in added) Save(card);
        if (added.Count > 0) SaveIndex(opened);

        return opened;
    }

    /// <exception cref="IOException">A file is missing or cannot be read.</exception>
    public TestPki Open()
    {
        var authorities = TestPkiFiles.All.Select(OpenAuthority).ToList();
        var delegates = TestPkiFiles.WithDelegate.Select(file => OpenDelegate(authorities.Single(a => a.File == file))).ToList();
        var cards = CardIndex.Read(File.ReadAllText(IndexFile)).Select(e => OpenCard(e, authorities)).ToList();
        return new TestPki(authorities, delegates, cards, new TestKeys(cards.SelectMany(c => new[] { c.AuthenticationChip.Key, c.SignatureChip.Key })));
    }

    /// <summary>Writes a new card and the index that lists it.</summary>
    public void Add(TestPki pki, TestCard card)
    {
        Save(card);
        SaveIndex(pki);
    }

    public void Save(TestPki pki, DateTimeOffset now)
    {
        CreateFolder(FullPath);
        foreach (var folder in (string[])["authorities", "ocsp", "cards", "crl"]) CreateFolder(At(folder));

        foreach (var authority in pki.Authorities)
        {
            WriteText(AuthorityFile(authority.File), Pem(authority.Certificate));
            WriteText(AuthorityKeyFile(authority.File), Pem(authority.Key));
        }

        foreach (var responder in pki.Delegates)
            WriteText(At("ocsp", $"{responder.Authority.File}.pem"), Pem(responder.Certificate) + Pem(responder.Key));

        WriteText(AuthoritiesFile, string.Concat(pki.Authorities.Select(a => Pem(a.Certificate))));
        foreach (var card in pki.Cards) Save(card);
        SaveCrls(pki, now);
        SaveIndex(pki);
    }

    /// <summary>Signs and writes the CRL of each authority.</summary>
    public void SaveCrls(TestPki pki, DateTimeOffset now)
    {
        foreach (var authority in pki.Authorities) SaveCrl(pki, authority, now);
    }

    /// <summary>Signs and writes the CRL of one authority.</summary>
    private void SaveCrl(TestPki pki, TestAuthority authority, DateTimeOffset now) =>
        Write(CrlFile(authority), pki.Crl(authority, now));

    /// <summary>Writes the index of the cards: holders and revocations.</summary>
    public void SaveIndex(TestPki pki) => WriteText(IndexFile, CardIndex.Write(pki.Cards));

    public string CrlFile(TestAuthority authority) => At("crl", $"{authority.File}.crl");

    /// <summary>The PKCS#12 file with the presented certificate of a card and its key, for a browser's store.</summary>
    public string Pkcs12File(TestCard card) => At("cards", $"{card.Name}.p12");

    /// <summary>The PEM file with the authentication certificate of a card and its key.</summary>
    public string PemFile(TestCard card) => At("cards", $"{card.Name}.pem");

    /// <summary>The sandbox's TLS certificate for exactly these names. Issues a new one when it is missing, has other names or expires soon.</summary>
    public ServerCertificate OpenOrIssueServer(TestPki pki, IReadOnlyList<string> names, DateTimeOffset now)
    {
        var file = At("server.pem");
        if (File.Exists(file))
        {
            var kept = new ServerCertificate(KeyedCertificate.ForTls(X509Certificate2.CreateFromPemFile(file)), pki.Organizations.Certificate);
            if (kept.Serves(names, now + ServerCertificateReserve)) return kept;
        }

        var made = pki.IssueServer(names, now);
        using var key = made.Certificate.GetECDsaPrivateKey()!;
        WriteText(file, Pem(made.Certificate) + Pem(key));
        return made;
    }

    private void Save(TestCard card)
    {
        Write(Pkcs12File(card), card.ToPkcs12());
        WriteText(PemFile(card), Pem(card.AuthenticationChip));
        WriteText(SignatureFile(card.Name), Pem(card.SignatureChip));
    }

    private TestAuthority OpenAuthority(string file) => new(file, KeyedCertificate.Open(AuthorityFile(file), AuthorityKeyFile(file)));

    private TestOcspDelegate OpenDelegate(TestAuthority authority)
    {
        var file = At("ocsp", $"{authority.File}.pem");
        return new TestOcspDelegate(authority, X509CertificateLoader.LoadCertificateFromFile(file), new Lazy<ECDsa>(() =>
        {
            var key = ECDsa.Create();
            key.ImportFromPem(File.ReadAllText(file));
            return key;
        }));
    }

    private TestCard OpenCard(CardIndex.Entry entry, List<TestAuthority> authorities)
    {
        var name = TestCard.NameOf(entry.Holder, entry.Variant);
        var card = new TestCard(
            entry.Holder, entry.Variant, authorities.Single(a => a.File == entry.Issuer),
            authentication: OpenPem(At("cards", $"{name}.pem")),
            signature: OpenPem(SignatureFile(name)));
        if (entry.RevokedAt is { } at) card.Revoke(at);
        return card;
    }

    private string SignatureFile(string name) => At("cards", $"{name}-signature.pem");

    private string At(params string[] parts) => Path.Combine([FullPath, .. parts]);

    private string AuthorityFile(string file) => At("authorities", $"{file}.cer");

    private string AuthorityKeyFile(string file) => At("authorities", $"{file}.key");

    private static KeyedCertificate OpenPem(string file) => KeyedCertificate.Open(file, file);

    private static string Pem(KeyedCertificate pair) => Pem(pair.Certificate) + Pem(pair.Key.Value);

    private static string Pem(X509Certificate2 certificate) => certificate.ExportCertificatePem() + "\n";

    private static string Pem(AsymmetricAlgorithm key) => key.ExportPkcs8PrivateKeyPem() + "\n";

    private static void WriteText(string file, string text) => Write(file, Encoding.UTF8.GetBytes(text));

    // Writes to a temporary file and renames it, so that a reader never sees an incomplete file.
    private static void Write(string file, byte[] bytes)
    {
        var temporary = file + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnersOnly;
        using (var stream = new FileStream(temporary, options)) stream.Write(bytes);

        File.Move(temporary, file, overwrite: true);
    }

    private static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, OwnersOnly | UnixFileMode.UserExecute);
    }
}

/// <summary>The file names of the authorities of IGC-Santé TEST (ecps-cpx-directory §2.1).</summary>
internal static class TestPkiFiles
{
    public const string FortRoot = "ACR-FO-TEST";
    public const string StandardRoot = "ACR-ST-TEST";
    public const string ElementaryRoot = "ACR-EL-TEST";
    public const string FortPersons = "ACI-FO-PP-TEST";
    public const string StandardPersons = "ACI-ST-PP-TEST";
    public const string Organizations = "ACI-EL-ORG-TEST";

    public static readonly IReadOnlyList<string> All =
        [FortRoot, StandardRoot, ElementaryRoot, FortPersons, StandardPersons, Organizations];

    /// <summary>The authorities whose OCSP responses a delegate signs.</summary>
    public static readonly IReadOnlyList<string> WithDelegate = [FortPersons, StandardPersons];
}

/// <summary>The index of the cards of a PKI on disk: holders and revocations.</summary>
internal sealed partial class CardIndex
{
    private static readonly CardIndexJson Json = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    });

    public static string Write(IEnumerable<TestCard> cards) =>
        JsonSerializer.Serialize([.. cards.Select(c => new Entry(c.Holder, c.Variant, c.Issuer.File, c.RevokedAt))], Json.ListEntry);

    /// <exception cref="IOException">The text is not such an index.</exception>
    public static IReadOnlyList<Entry> Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, Json.ListEntry) ?? [];
        }
        catch (JsonException fault)
        {
            throw new IOException($"La liste des cartes est illisible : {fault.Message}", fault);
        }
    }

    internal sealed record Entry(
        CardHolder Holder, [property: JsonPropertyName("story")] TestCardVariant Variant, string Issuer, DateTimeOffset? RevokedAt);

    // Source generation saves the sandbox a tenth of a second at start compared with reflection.
    [JsonSourceGenerationOptions(UseStringEnumConverter = true)]
    [JsonSerializable(typeof(List<Entry>))]
    private sealed partial class CardIndexJson : JsonSerializerContext;
}
