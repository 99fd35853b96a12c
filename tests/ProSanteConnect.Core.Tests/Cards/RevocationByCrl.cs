using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ProSanteConnect.Core.Cards;
using ProSanteConnect.Core.Cards.Checks;
using ProSanteConnect.Core.Cards.Revocation;
using ProSanteConnect.Testing.Cards;
using ProSanteConnect.Tools.Certs;

namespace ProSanteConnect.Core.Tests.Cards;

[Trait("Requirement", "ASVS-12.1.4")]
public sealed class RevocationByCrl : IDisposable
{
    private static readonly DateTimeOffset Now = TestCards.Now;
    private static readonly TestAuthority Fort = TestCards.Pki.FortPersons;

    private static readonly Dictionary<string, (Func<byte[]> Crl, string Doubt)> BadLists = new()
    {
        ["is another authority's"] = (() => TestCards.Pki.Crl(TestCards.Pki.StandardPersons, Now), "wrong-issuer"),
        ["somebody signed in its name"] = (() => CrlForge.Counterfeit(Fort), "wrong-signer"),
        ["is signed over SHA-1"] = (() => CrlForge.OverSha1(Fort), "weak-signature"),
        ["is stale"] = (() => Fort.Crl([], Now.AddDays(-2), Now), "stale"),
        ["never ends"] = (() => CrlForge.WithoutEnd(Fort), "stale"),
        ["is from the future"] = (() => Fort.Crl([], Now.AddMinutes(6), Now.AddDays(1)), "from-the-future"),
        ["is a delta"] = (() => CrlForge.Delta(Fort), "partial"),
        ["is of authorities only"] = (() => CrlForge.OfAuthoritiesOnly(Fort), "partial"),
        ["demands what nobody knows"] = (() => CrlForge.WithUnknownDemand(Fort), "partial"),
        ["is a certificate"] = (() => Fort.Certificate.RawData, "unreadable"),
        ["is text"] = (() => "<html>maintenance</html>"u8.ToArray(), "unreadable"),
        ["is empty"] = (() => [], "unreadable"),
    };

    private readonly string _file = Path.Combine(Path.GetTempPath(), $"psc-{Guid.NewGuid():N}.crl");

    public static TheoryData<string> NamesOfBadLists => [.. BadLists.Keys];

    [Fact]
    public async Task A_card_that_the_list_does_not_name_is_good()
    {
        Publish(TestCards.Pki.Crl(Fort, Now));
        using var desk = Reading();

        var loaded = Assert.IsType<CrlRefresh.Loaded>(Assert.Single(await desk.RefreshAsync()));

        Assert.Equal((Fort.Name, 2, Now.AddDays(1)), (loaded.Issuer, loaded.Revocations, loaded.NextUpdate));
        Assert.IsType<CardVerification.Verified>(await desk.VerifyAsync(Doctor));
    }

    [Fact]
    public async Task A_card_that_the_list_names_is_revoked_since_its_date()
    {
        Publish(TestCards.Pki.Crl(Fort, Now));
        using var desk = Reading();
        await desk.RefreshAsync();

        var refused = Assert.IsType<CardVerification.Refused>(await desk.VerifyAsync(TestCards.With(TestCardVariant.Revoked).Present()));

        Assert.Equal((CardRefusal.Revoked, Now.AddDays(-1)), (refused.Reason, refused.When!.Value));
    }

    [Theory]
    [MemberData(nameof(NamesOfBadLists))]
    public async Task A_list_is_not_believed_that(string name)
    {
        var (crl, doubt) = BadLists[name];
        Publish(crl());
        using var desk = Reading();

        Assert.Equal([new CrlRefresh.Failed(Fort.Name, doubt)], await desk.RefreshAsync());
        Assert.Equal(CardRefusal.RevocationUnknown, Assert.IsType<CardVerification.Refused>(await desk.VerifyAsync(Doctor)).Reason);
    }

    [Fact]
    public async Task A_list_that_says_it_is_complete_is_believed()
    {
        Publish(CrlForge.OfEverything(Fort));
        using var desk = Reading();

        Assert.IsType<CrlRefresh.Loaded>(Assert.Single(await desk.RefreshAsync()));
    }

    [Fact]
    public async Task A_list_may_come_as_PEM()
    {
        File.WriteAllText(_file, PemEncoding.WriteString("X509 CRL", TestCards.Pki.Crl(Fort, Now)));
        using var desk = Reading();

        Assert.IsType<CrlRefresh.Loaded>(Assert.Single(await desk.RefreshAsync()));
    }

    [Fact]
    public async Task A_list_may_come_from_an_address()
    {
        await using var server = await LoopbackServer.StartAsync(_ => TestCards.Pki.Crl(Fort, Now));
        using var desk = new RevocationDesk(RevocationDesk.Asking(Fort, crl: $"{server.Address}crl/ACI-FO-PP-TEST.crl"));

        Assert.IsType<CrlRefresh.Loaded>(Assert.Single(await desk.RefreshAsync()));
        Assert.Equal(1, server.Requests);
    }

    [Fact]
    public async Task A_list_that_is_not_there_is_said_to_be_unreachable()
    {
        using var desk = Reading();

        Assert.Equal([new CrlRefresh.Failed(Fort.Name, "unreachable")], await desk.RefreshAsync());
    }

    [Fact]
    public async Task A_sign_in_never_fetches_a_list()
    {
        await using var server = await LoopbackServer.StartAsync(_ => TestCards.Pki.Crl(Fort, Now));
        using var desk = new RevocationDesk(RevocationDesk.Asking(Fort, crl: server.Address.ToString()));

        await desk.VerifyAsync(Doctor);

        Assert.Equal(0, server.Requests);
    }

    [Fact]
    public async Task A_list_calls_nobody_good_from_its_next_update_on()
    {
        Publish(Fort.Crl([], Now, Now.AddHours(2)));
        using var desk = Reading();
        await desk.RefreshAsync();

        Assert.IsType<CardVerification.Verified>(await desk.VerifyAsync(Doctor, Now.AddHours(2).AddSeconds(-1)));
        var refused = Assert.IsType<CardVerification.Refused>(await desk.VerifyAsync(Doctor, Now.AddHours(2)));

        Assert.Equal(CardRefusal.RevocationUnknown, refused.Reason);
    }

    [Fact]
    [Trait("Requirement", "T25")]
    public async Task A_list_that_could_not_be_fetched_for_a_day_calls_nobody_good_though_its_term_runs()
    {
        Publish(Fort.Crl([], Now, Now.AddDays(30)));
        using var desk = Reading();
        await desk.RefreshAsync();
        Unpublish();
        await desk.RefreshAsync(Now.AddHours(23));

        Assert.IsType<CardVerification.Verified>(await desk.VerifyAsync(Doctor, Now.AddHours(24)));
        Assert.IsType<CardVerification.Refused>(await desk.VerifyAsync(Doctor, Now.AddHours(24).AddSeconds(1)));
    }

    [Fact]
    public async Task Fetching_the_same_list_again_keeps_it_fresh()
    {
        Publish(Fort.Crl([], Now, Now.AddDays(30)));
        using var desk = Reading();
        await desk.RefreshAsync();
        await desk.RefreshAsync(Now.AddHours(23));

        Assert.IsType<CardVerification.Verified>(await desk.VerifyAsync(Doctor, Now.AddHours(46)));
    }

    [Fact]
    public async Task A_stale_list_still_calls_revoked_what_it_names()
    {
        Publish(TestCards.Pki.Crl(Fort, Now));
        using var desk = Reading();
        await desk.RefreshAsync();

        var refused = Assert.IsType<CardVerification.Refused>(
            await desk.VerifyAsync(TestCards.With(TestCardVariant.Revoked).Present(), Now.AddDays(2)));

        Assert.Equal(CardRefusal.Revoked, refused.Reason);
    }

    [Fact]
    public async Task An_older_list_never_replaces_a_newer_one()
    {
        var revoked = TestCards.With(TestCardVariant.Revoked);
        using var desk = Reading();
        Publish(TestCards.Pki.Crl(Fort, Now));
        await desk.RefreshAsync();
        Publish(Fort.Crl([], Now.AddHours(-1), Now.AddDays(1)));

        Assert.Equal([new CrlRefresh.Failed(Fort.Name, "older-than-held")], await desk.RefreshAsync());
        Assert.Equal(CardRefusal.Revoked, Assert.IsType<CardVerification.Refused>(await desk.VerifyAsync(revoked.Present())).Reason);
    }

    [Fact]
    public async Task A_failed_refresh_leaves_what_was_held()
    {
        using var desk = Reading();
        Publish(TestCards.Pki.Crl(Fort, Now));
        await desk.RefreshAsync();
        Publish(CrlForge.Counterfeit(Fort));
        await desk.RefreshAsync();

        Assert.IsType<CardVerification.Verified>(await desk.VerifyAsync(Doctor));
    }

    [Fact]
    public async Task One_list_that_fails_leaves_the_others_alone()
    {
        var options = RevocationDesk.Asking(TestCards.Pki.StandardPersons, crl: "/nonexistent/standard.crl");
        options.RevocationSources.Add(new RevocationSource { Issuer = Fort.Name, Crl = _file });
        Publish(TestCards.Pki.Crl(Fort, Now));
        using var desk = new RevocationDesk(options);

        var outcomes = await desk.RefreshAsync();

        Assert.IsType<CrlRefresh.Failed>(outcomes[0]);
        Assert.IsType<CrlRefresh.Loaded>(outcomes[1]);
    }

    [Fact]
    public async Task A_list_of_twenty_thousand_is_read()
    {
        var serials = Enumerable.Range(1, 20_000).Select(n => new Revocation((0x4000_0000 + n).ToString("X8", null), Now.AddDays(-1)));
        Publish(Fort.Crl(serials, Now, Now.AddDays(1)));
        using var desk = Reading();

        Assert.Equal(20_000, Assert.IsType<CrlRefresh.Loaded>(Assert.Single(await desk.RefreshAsync())).Revocations);
    }

    [Fact]
    public void A_source_for_an_authority_that_nobody_configured_stops_the_start()
    {
        var options = TestCards.Options();
        options.RevocationSources.Add(new RevocationSource { Issuer = "AC IGC-SANTE FORT PERSONES", Crl = _file });

        var fault = Assert.Throws<InvalidOperationException>(() => new RevocationAddresses(TestCards.Authorities, options));

        Assert.Contains("TEST AC IGC-SANTE FORT PERSONNES", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_sources_for_one_authority_stop_the_start()
    {
        var options = RevocationDesk.Asking(Fort, crl: _file);
        options.RevocationSources.Add(new RevocationSource { Issuer = new TrustedAuthorities([Fort.Certificate, .. Roots]).Named(Fort.Name).Single().Thumbprint, Crl = _file });

        Assert.Throws<InvalidOperationException>(() => new RevocationAddresses(TestCards.Authorities, options));
    }

    public void Dispose() => Unpublish();

    private static UnverifiedCertificate Doctor => TestCards.Of(TestCards.Doctor).Present();

    private static IEnumerable<X509Certificate2> Roots =>
        TestCards.Pki.Authorities.Where(a => a.IsRoot).Select(a => a.Certificate);

    private RevocationDesk Reading() => new(RevocationDesk.Asking(Fort, crl: _file));

    private void Publish(byte[] crl) => File.WriteAllBytes(_file, crl);

    private void Unpublish() => File.Delete(_file);
}
