using Microsoft.Extensions.Time.Testing;
using ProSanteConnect.Core.Cards;
using ProSanteConnect.Testing.Cards;
using ProSanteConnect.Tools;
using ProSanteConnect.Tools.CertCommands;
using ProSanteConnect.Tools.Certs;

namespace ProSanteConnect.Core.Tests.Tools;

/// <summary>psc certs.</summary>
public sealed class CertsOnTheCommandLine : IDisposable
{
    private readonly FakeTimeProvider _clock = new(TestCards.Now);
    private readonly string _folder = Directory.CreateTempSubdirectory("psc-certs-").FullName;

    private string Pki => Path.Combine(_folder, "pki");

    [Fact]
    public async Task A_PKI_is_made_for_the_invented_holders_and_is_not_made_twice()
    {
        var made = await PscAsync("make", "--out", Pki);
        var again = await PscAsync("make", "--out", Pki);

        Assert.Equal((ExitCode.Done, ExitCode.Refused), (made.ExitCode, again.ExitCode));
        Assert.Contains("cps-898765000017", made.Output, StringComparison.Ordinal);
        Assert.Contains("cpe-3990000010-cpet00001", made.Output, StringComparison.Ordinal);
        Assert.Contains("autorité inconnue", made.Output, StringComparison.Ordinal);
        Assert.Contains("contient déjà une IGC de test", again.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_card_says_who_holds_it()
    {
        Save();

        var shown = await PscAsync("show", Path.Combine(Pki, "cards", "cpe-3990000010-cpet00001.p12"));

        Assert.Equal(ExitCode.Done, shown.ExitCode);
        foreach (var word in new[] { "3990000010/CPET00001", "MODELE", "Paul", "CENTRE HOSPITALIER IMAGINAIRE (1990000010)", "CPE", "80 TestCpx", "DigitalSignature" })
            Assert.Contains(word, shown.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_card_is_shown_from_PEM_as_well() =>
        Assert.Contains("898765000017", (await PscAsync("show", Saved("cps-898765000017.pem"))).Output, StringComparison.Ordinal);

    [Fact]
    public async Task A_wrong_password_is_said_so()
    {
        var shown = await PscAsync("show", Saved("cps-898765000017.p12"), "--password", "0000");

        Assert.Equal(ExitCode.Refused, shown.ExitCode);
        Assert.Contains("le mot de passe est faux", shown.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_one_sentence()
    {
        var shown = await PscAsync("show", Path.Combine(_folder, "nothing.pem"));

        Assert.Equal(ExitCode.Refused, shown.ExitCode);
        Assert.Single(shown.Error.Trim().Split('\n'));
    }

    [Fact]
    public async Task A_card_is_revoked_in_the_list_that_is_signed_next()
    {
        Save();

        var signed = await PscAsync("crl", "--out", Pki, "--revoke", "cps-898765000017");
        var again = await PscAsync("crl", "--out", Pki);

        Assert.Equal((ExitCode.Done, ExitCode.Done), (signed.ExitCode, again.ExitCode));
        var folder = new TestPkiFolder(Pki);
        using var desk = new RevocationDesk(RevocationDesk.Asking(TestCards.Pki.FortPersons, crl: folder.CrlFile(TestCards.Pki.FortPersons)));
        await desk.RefreshAsync();
        var refused = Assert.IsType<CardVerification.Refused>(await desk.VerifyAsync(TestCards.Of(TestCards.Doctor).Present()));
        Assert.Equal(CardRefusal.Revoked, refused.Reason);
    }

    [Fact]
    public async Task A_card_that_does_not_exist_is_not_revoked()
    {
        Save();

        var signed = await PscAsync("crl", "--out", Pki, "--revoke", "cps-1");

        Assert.Equal(ExitCode.Refused, signed.ExitCode);
        Assert.Contains("cps-1", signed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_needs_a_PKI() => Assert.Equal(ExitCode.Refused, (await PscAsync("crl", "--out", Pki)).ExitCode);

    [Theory]
    [InlineData("CPS | 898765000017 | FICTIF | Camille")]
    [InlineData("CDE | 898765000017 | FICTIF | Camille | Médecin")]
    [InlineData("7 | 898765000017 | FICTIF | Camille | Médecin")]
    [InlineData("CPS | 798765000017 | FICTIF | Camille | Médecin")]
    [InlineData("CPS | 898765000017 |  | Camille | Médecin")]
    [InlineData("CPS | 898765000017 | FICTIF | Camille | Médecin | dix")]
    public async Task A_line_that_names_nobody_is_refused_with_its_number(string line)
    {
        var file = Path.Combine(_folder, "holders.txt");
        File.WriteAllText(file, $"# porteurs\n\n{line}\n");

        var made = await PscAsync("make", "--out", Pki, "--holders", file);

        Assert.Equal(ExitCode.Refused, made.ExitCode);
        Assert.StartsWith("Ligne 3 :", made.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Pki));
    }

    [Fact]
    public void The_holders_that_come_with_the_tool_are_of_each_kind()
    {
        var read = Assert.IsType<HoldersReading.Read>(HoldersFile.Read(HoldersFile.Default));

        Assert.Equal(Enum.GetValues<CpxKind>(), read.Holders.Select(h => h.Kind).Distinct());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Save() => new TestPkiFolder(Pki).Save(TestCards.Pki, TestCards.Now);

    private string Saved(string card)
    {
        Save();
        return Path.Combine(Pki, "cards", card);
    }

    private Task<ToolRun> PscAsync(params string[] args) => ToolRun.OfAsync(CertsCommand.Create(_clock), args);
}
