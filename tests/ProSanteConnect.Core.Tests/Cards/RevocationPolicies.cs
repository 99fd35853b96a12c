using ProSanteConnect.Core.Cards;
using ProSanteConnect.Core.Cards.Revocation;
using ProSanteConnect.Testing.Cards;
using ProSanteConnect.Tools.Certs;

namespace ProSanteConnect.Core.Tests.Cards;

[Trait("Requirement", "T25")]
public sealed class RevocationPolicies : IDisposable
{
    private static readonly DateTimeOffset Now = TestCards.Now;
    private static readonly TestAuthority Fort = TestCards.Pki.FortPersons;
    private static readonly TestAuthority FortRoot = TestCards.Pki.Authority("ACR-FO-TEST");

    private readonly string _crl = Path.Combine(Path.GetTempPath(), $"psc-{Guid.NewGuid():N}.crl");

    [Fact]
    public async Task A_card_that_nobody_can_answer_for_is_refused()
    {
        await using var silent = await LoopbackServer.StartAsync(_ => []);
        using var desk = new RevocationDesk(RevocationDesk.Asking(Fort, silent.Address, _crl));

        var refused = Assert.IsType<CardVerification.Refused>(await desk.VerifyAsync(Doctor));

        Assert.Equal(CardRefusal.RevocationUnknown, refused.Reason);
    }

    [Fact]
    public async Task A_card_of_an_authority_without_any_source_is_refused()
    {
        using var desk = new RevocationDesk(TestCards.Options());

        var refused = Assert.IsType<CardVerification.Refused>(await desk.VerifyAsync(Doctor));

        Assert.Equal(CardRefusal.RevocationUnknown, refused.Reason);
    }

    [Fact]
    public async Task The_dangerous_policy_accepts_it_and_marks_it()
    {
        await using var silent = await LoopbackServer.StartAsync(_ => []);
        var options = RevocationDesk.Asking(Fort, silent.Address, _crl);
        options.RevocationPolicy = RevocationPolicy.DangerouslyAcceptUnchecked;
        using var desk = new RevocationDesk(options);

        var verified = Assert.IsType<CardVerification.Verified>(await desk.VerifyAsync(Doctor));

        Assert.False(verified.Card.IsRevocationChecked);
    }

    [Fact]
    public async Task The_dangerous_policy_accepts_no_card_that_is_known_to_be_revoked()
    {
        await using var responder = await OcspStandIn.Revoking(Now.AddDays(-1)).StartAsync();
        var options = RevocationDesk.Asking(Fort, responder.Address);
        options.RevocationPolicy = RevocationPolicy.DangerouslyAcceptUnchecked;
        using var desk = new RevocationDesk(options);

        Assert.Equal(CardRefusal.Revoked, Assert.IsType<CardVerification.Refused>(await desk.VerifyAsync(Doctor)).Reason);
    }

    [Fact]
    public async Task The_list_answers_where_the_responder_cannot()
    {
        await using var silent = await LoopbackServer.StartAsync(_ => []);
        using var desk = await WithListAsync(silent);

        var verified = Assert.IsType<CardVerification.Verified>(await desk.VerifyAsync(Doctor));

        Assert.True(verified.Card.IsRevocationChecked);
        Assert.Equal(1, silent.Requests);
    }

    [Fact]
    public async Task The_responder_is_newer_than_the_list()
    {
        await using var responder = await OcspStandIn.Revoking(Now.AddMinutes(-1)).StartAsync();
        using var desk = await WithListAsync(responder);

        Assert.Equal(CardRefusal.Revoked, Assert.IsType<CardVerification.Refused>(await desk.VerifyAsync(Doctor)).Reason);
    }

    [Fact]
    public async Task What_the_list_names_is_revoked_whatever_the_responder_says()
    {
        await using var lenient = await new OcspStandIn().StartAsync();
        using var desk = await WithListAsync(lenient);

        var refused = Assert.IsType<CardVerification.Refused>(await desk.VerifyAsync(TestCards.With(TestCardVariant.Revoked).Present()));

        Assert.Equal(CardRefusal.Revoked, refused.Reason);
        Assert.Equal(0, lenient.Requests);
    }

    [Fact]
    public async Task A_responder_that_is_down_is_left_alone_for_half_a_minute_while_a_list_answers()
    {
        await using var down = await LoopbackServer.StartAsync(context =>
        {
            context.Response.StatusCode = 503;
            return Task.CompletedTask;
        });
        using var desk = await WithListAsync(down);

        for (var i = 0; i < 5; i++) Assert.IsType<CardVerification.Verified>(await desk.VerifyAsync(Doctor, Now.AddSeconds(i)));
        Assert.Equal(1, down.Requests);

        await desk.VerifyAsync(Doctor, Now.AddSeconds(31));
        Assert.Equal(2, down.Requests);
    }

    [Fact]
    public async Task A_responder_that_is_down_is_asked_each_time_when_there_is_no_list()
    {
        await using var down = await LoopbackServer.StartAsync(context =>
        {
            context.Response.StatusCode = 503;
            return Task.CompletedTask;
        });
        using var desk = new RevocationDesk(RevocationDesk.Asking(Fort, down.Address));

        for (var i = 0; i < 3; i++) await desk.VerifyAsync(Doctor);

        Assert.Equal(3, down.Requests);
    }

    [Fact]
    public async Task An_authority_that_its_root_revoked_vouches_for_nobody()
    {
        var revoked = new Revocation(Fort.Certificate.SerialNumber, Now.AddDays(-1));
        File.WriteAllBytes(_crl, FortRoot.Crl([revoked], Now, Now.AddDays(1)));
        await using var responder = await new OcspStandIn().StartAsync();
        var options = RevocationDesk.Asking(Fort, responder.Address);
        options.RevocationSources.Add(new RevocationSource { Issuer = FortRoot.Name, Crl = _crl });
        using var desk = new RevocationDesk(options);
        await desk.RefreshAsync();

        var refused = Assert.IsType<CardVerification.Refused>(await desk.VerifyAsync(Doctor));

        Assert.Equal((CardRefusal.Unknown, CardFlaw.AuthorityRevoked), (refused.Reason, refused.Flaw));
    }

    [Fact]
    public async Task An_authority_that_its_root_does_not_list_vouches()
    {
        File.WriteAllBytes(_crl, TestCards.Pki.Crl(FortRoot, Now));
        await using var responder = await new OcspStandIn().StartAsync();
        var options = RevocationDesk.Asking(Fort, responder.Address);
        options.RevocationSources.Add(new RevocationSource { Issuer = FortRoot.Name, Crl = _crl });
        using var desk = new RevocationDesk(options);
        await desk.RefreshAsync();

        Assert.IsType<CardVerification.Verified>(await desk.VerifyAsync(Doctor));
    }

    [Fact]
    [Trait("Requirement", "R13")]
    public async Task A_session_can_ask_again_with_what_it_kept_of_the_card()
    {
        var since = (DateTimeOffset?)null;
        await using var responder = await LoopbackServer.StartAsync(request =>
            (since is { } at ? OcspStandIn.Revoking(at) : new OcspStandIn()).Answer(request));
        var options = RevocationDesk.Asking(Fort, responder.Address);
        options.OcspCacheLifetime = TimeSpan.Zero;
        using var desk = new RevocationDesk(options);
        var card = Assert.IsType<CardVerification.Verified>(await desk.VerifyAsync(Doctor)).Card;
        Assert.True(CertificateId.TryParse(card.CertificateId.ToString(), out var kept));

        Assert.IsType<RevocationAnswer.Good>(await desk.Both.CheckAsync(kept, Now, CancellationToken.None));
        since = Now.AddSeconds(-1);

        Assert.Equal(new RevocationAnswer.Revoked(since.Value), await desk.Both.CheckAsync(kept, Now, CancellationToken.None));
    }

    public void Dispose() => File.Delete(_crl);

    private static UnverifiedCertificate Doctor => TestCards.Of(TestCards.Doctor).Present();

    private async Task<RevocationDesk> WithListAsync(LoopbackServer responder)
    {
        File.WriteAllBytes(_crl, TestCards.Pki.Crl(Fort, Now));
        var desk = new RevocationDesk(RevocationDesk.Asking(Fort, responder.Address, _crl));
        await desk.RefreshAsync();
        return desk;
    }
}
