using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ProSanteConnect.Tools.Certs;

/// <summary>A <see cref="TestPki"/> on disk, in the forms that browsers, proxies and people use. certs/README.md lists the files.</summary>
public sealed class TestPkiFolder(string path)
{
    // A developer may have told a browser to trust these authorities: their keys are nobody else's business.
    private const UnixFileMode OwnersOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly TimeSpan ServerCertificateReserve = TimeSpan.FromDays(30);

    public string FullPath { get; } = Path.GetFullPath(path);

    /// <summary>All authorities in one file, for <c>Card:TrustedAuthorities</c>.</summary>
    public string AuthoritiesFile => At("authorities.pem");

    /// <summary>Whether a PKI was saved here; the list of cards is written last.</summary>
    public bool Exists => File.Exists(IndexFile);

    private string IndexFile => At("cards.json");

    /// <summary>What lies here with a card for each of these holders; made now where it is missing.</summary>
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

    /// <summary>Writes the list of each authority as it stands now.</summary>
    public void SaveCrls(TestPki pki, DateTimeOffset now)
    {
        foreach (var authority in pki.Authorities) SaveCrl(pki, authority, now);
    }

    /// <summary>Writes the list of one authority.</summary>
    private void SaveCrl(TestPki pki, TestAuthority authority, DateTimeOffset now) =>
        Write(CrlFile(authority), pki.Crl(authority, now));

    /// <summary>Writes who holds which card, and which were revoked.</summary>
    public void SaveIndex(TestPki pki) => WriteText(IndexFile, CardIndex.Write(pki.Cards));

    public string CrlFile(TestAuthority authority) => At("crl", $"{authority.File}.crl");

    /// <summary>The presented certificate of a card with its key, for a browser's store.</summary>
    public string Pkcs12File(TestCard card) => At("cards", $"{card.Name}.p12");

    /// <summary>The authentication certificate of a card and its key.</summary>
    public string PemFile(TestCard card) => At("cards", $"{card.Name}.pem");

    /// <summary>The sandbox's own TLS certificate for exactly these names, made anew when it is missing, other or nearly over.</summary>
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
        var name = TestCard.NameOf(entry.Holder, entry.Story);
        var card = new TestCard(
            entry.Holder, entry.Story, authorities.Single(a => a.File == entry.Issuer),
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

    // Whoever reads meanwhile, or after an interruption, finds the old file or the new one, never a half.
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

/// <summary>How IGC-Santé TEST names the files of its authorities (ecps-cpx-directory §2.1).</summary>
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

    /// <summary>The authorities whose OCSP answers a delegate signs.</summary>
    public static readonly IReadOnlyList<string> WithDelegate = [FortPersons, StandardPersons];
}

/// <summary>The list of the cards of a PKI on disk: who holds which, and which were revoked.</summary>
internal sealed partial class CardIndex
{
    private static readonly CardIndexJson Json = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    });

    public static string Write(IEnumerable<TestCard> cards) =>
        JsonSerializer.Serialize([.. cards.Select(c => new Entry(c.Holder, c.Story, c.Issuer.File, c.RevokedAt))], Json.ListEntry);

    /// <exception cref="IOException">The list is no list of ours.</exception>
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

    internal sealed record Entry(CardHolder Holder, CardStory Story, string Issuer, DateTimeOffset? RevokedAt);

    // Generated at build time: reflection would cost the sandbox a tenth of a second of each start.
    [JsonSourceGenerationOptions(UseStringEnumConverter = true)]
    [JsonSerializable(typeof(List<Entry>))]
    private sealed partial class CardIndexJson : JsonSerializerContext;
}
