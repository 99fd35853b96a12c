using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ProSanteConnect.Tools.Certs;

/// <summary>A <see cref="TestPki"/> on disk, in the forms that browsers, proxies and people use. certs/README.md lists the files.</summary>
public sealed class TestPkiFolder(string path)
{
    private static readonly TimeSpan ServerCertificateReserve = TimeSpan.FromDays(30);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter() },
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

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
        var entries = JsonSerializer.Deserialize<List<Entry>>(File.ReadAllText(IndexFile), Json) ?? [];
        var cards = entries.Select(e => OpenCard(e, authorities)).ToList();
        var keys = new TestKeys();
        foreach (var card in cards) keys.Keep(card.Authentication.GetRSAPrivateKey()!);

        return new TestPki(authorities, delegates, cards, keys);
    }

    public void Save(TestPki pki, DateTimeOffset now)
    {
        CreateFolder(FullPath);
        foreach (var folder in (string[])["authorities", "ocsp", "cards", "crl"]) CreateFolder(At(folder));

        foreach (var authority in pki.Authorities)
        {
            WriteText(At("authorities", $"{authority.File}.pem"), Pem(authority.Certificate));
            WriteText(At("authorities", $"{authority.File}.key"), Pem(authority.Key));
        }

        foreach (var responder in pki.Delegates)
            WriteText(At("ocsp", $"{responder.Authority.File}.pem"), Pem(responder.Certificate) + Pem(responder.Key));

        WriteText(AuthoritiesFile, string.Concat(pki.Authorities.Select(a => Pem(a.Certificate))));
        foreach (var card in pki.Cards) Save(card);
        SaveCrls(pki, now);
        SaveIndex(pki);
    }

    /// <summary>Writes the list of each authority as it stands now.</summary>
    public IReadOnlyList<string> SaveCrls(TestPki pki, DateTimeOffset now) =>
        [.. pki.Authorities.Select(authority =>
        {
            var file = CrlFile(authority);
            Replace(file, temporary => File.WriteAllBytes(temporary, pki.Crl(authority, now)));
            return file;
        })];

    /// <summary>Writes who holds which card, and which were revoked.</summary>
    public void SaveIndex(TestPki pki) => WriteText(
        IndexFile, JsonSerializer.Serialize(pki.Cards.Select(c => new Entry(c.Holder, c.Story, c.Issuer.File, c.RevokedAt)), Json));

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
            var kept = new ServerCertificate(OpenWithKey(file), pki.Organizations.Certificate);
            if (kept.Serves(names, now + ServerCertificateReserve)) return kept;
        }

        var made = pki.IssueServer(names, now);
        using var key = made.Certificate.GetECDsaPrivateKey()!;
        WriteText(file, Pem(made.Certificate) + Pem(key));
        return made;
    }

    private void Save(TestCard card)
    {
        Replace(Pkcs12File(card), temporary => File.WriteAllBytes(temporary, card.ToPkcs12()));
        WriteText(PemFile(card), PemWithKey(card.Authentication));
        WriteText(SignatureFile(card.Name), PemWithKey(card.Signature));
    }

    private TestAuthority OpenAuthority(string file)
    {
        var key = RSA.Create();
        key.ImportFromPem(File.ReadAllText(At("authorities", $"{file}.key")));
        return new TestAuthority(file, X509CertificateLoader.LoadCertificateFromFile(At("authorities", $"{file}.pem")), key);
    }

    private TestOcspDelegate OpenDelegate(TestAuthority authority)
    {
        var text = File.ReadAllText(At("ocsp", $"{authority.File}.pem"));
        var key = ECDsa.Create();
        key.ImportFromPem(text);
        return new TestOcspDelegate(authority, X509Certificate2.CreateFromPem(text), key);
    }

    private TestCard OpenCard(Entry entry, List<TestAuthority> authorities)
    {
        var name = TestCard.NameOf(entry.Holder, entry.Story);
        var card = new TestCard(
            entry.Holder, entry.Story, authorities.Single(a => a.File == entry.Issuer),
            authentication: OpenWithKey(At("cards", $"{name}.pem")),
            signature: OpenWithKey(SignatureFile(name)));
        if (entry.RevokedAt is { } at) card.Revoke(at);
        return card;
    }

    private string SignatureFile(string name) => At("cards", $"{name}-signature.pem");

    private string At(params string[] parts) => Path.Combine([FullPath, .. parts]);

    private static X509Certificate2 OpenWithKey(string file) => X509Certificate2.CreateFromPemFile(file);

    private static string PemWithKey(X509Certificate2 certificate)
    {
        using var key = certificate.GetRSAPrivateKey()!;
        return Pem(certificate) + Pem(key);
    }

    private static string Pem(X509Certificate2 certificate) => certificate.ExportCertificatePem() + "\n";

    private static string Pem(AsymmetricAlgorithm key) => key.ExportPkcs8PrivateKeyPem() + "\n";

    private static void WriteText(string file, string text) => Replace(file, temporary => File.WriteAllText(temporary, text));

    // Whoever reads meanwhile, or after an interruption, finds the old file or the new one, never a half.
    private static void Replace(string file, Action<string> write)
    {
        var temporary = file + ".new";
        write(temporary);
        File.Move(temporary, file, overwrite: true);
    }

    // A developer may have told a browser to trust these authorities: their keys are nobody else's business.
    private static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private sealed record Entry(CardHolder Holder, CardStory Story, string Issuer, DateTimeOffset? RevokedAt);
}
