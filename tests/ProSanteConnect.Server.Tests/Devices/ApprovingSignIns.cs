using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Devices;
using ProSanteConnect.Core.Journal;
using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Testing;
using ProSanteConnect.Tools.Phone;

namespace ProSanteConnect.Server.Tests.Devices;

/// <summary>The holder's answers on the phone, over the public API (security-checklist T1, T3, T4, T8).</summary>
public sealed class ApprovingSignIns : IAsyncLifetime
{
    private PscApp _app = null!;
    private Practitioner _holder = null!;
    private SoftwarePhone _phone = null!;
    private RelyingParty _rp = null!;
    private Browser _browser = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _app = await PscApp.StartAsync();
        _holder = await _app.AddAsync(Build.Practitioner());
        _phone = await _app.EnrolledPhoneAsync(_holder);
        _rp = await RelyingParty.RegisterAsync(_app);
        _browser = _app.NewBrowser();
    }

    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        await _app.DisposeAsync();
    }

    [Fact]
    [Trait("Requirement", "RIE-PS-09")]
    public async Task Number_PIN_and_signature_sign_the_waiting_browser_in_by_MOBILE()
    {
        var (signInRequestId, request) = await AskAsync();

        var seen = (await _phone.RequestsAsync(Ct)).Value.Requests.Single();
        Assert.Equal((request.Id.ToString(), "Logiciel de test", "Firefox sous Windows", "192.0.2.1"), (seen.Id, seen.Application, seen.Browser, seen.Place));
        Assert.Equal(_app.Clock.GetUtcNow().AddSeconds(120), seen.ExpiresAt);
        Assert.False(seen.KnownBrowser);
        var answered = (await _phone.ApproveAsync(seen.Id, request.Number, Build.Pin, Ct)).Value;
        Assert.Equal("approved", answered.Outcome);
        Assert.Equal($"{PscApp.Origin}/connexion/e-cps?demande={signInRequestId}", answered.ReturnUri!.ToString());
        Assert.Empty((await _phone.RequestsAsync(Ct)).Value.Requests);

        var code = RelyingParty.Answer(await _browser.FollowAsync($"/connexion/suite?demande={signInRequestId}"))["code"];
        var tokens = await _rp.RedeemAsync(code);
        Assert.Equal("MOBILE", RelyingParty.Payload(tokens.AccessToken).GetProperty("authMode").GetString());
    }

    [Fact]
    [Trait("Requirement", "T3")]
    public async Task Nobody_but_the_browser_that_began_gets_the_result()
    {
        var (signInRequestId, request) = await AskAsync();
        await _phone.ApproveAsync($"{request.Id}", request.Number, Build.Pin, Ct);
        using var other = _app.NewBrowser();

        var stolen = await other.Http.GetAsync($"/connexion/suite?demande={signInRequestId}", Ct);

        Assert.DoesNotContain(stolen.Headers, header => header.Key == "Set-Cookie" && header.Value.Any(value => value.Contains("psc-session", StringComparison.Ordinal)));
        Assert.Contains("code", RelyingParty.Answer(await _browser.FollowAsync($"/connexion/suite?demande={signInRequestId}")).Keys);
    }

    [Fact]
    [Trait("Requirement", "T1")]
    public async Task One_wrong_number_ends_the_request_before_the_PIN_is_looked_at()
    {
        var (_, request) = await AskAsync();
        var wrong = request.Number == "42" ? "43" : "42";

        var problem = (await _phone.ApproveAsync($"{request.Id}", wrong, "1111", Ct)).Problem!;

        Assert.Equal(("number-wrong", 403), (problem.Code, problem.Status));
        var over = (await _phone.ApproveAsync($"{request.Id}", request.Number, Build.Pin, Ct)).Problem!;
        Assert.Equal(("request-over", 410, "wrong-number"), (over.Code, over.Status, over.Outcome));
        Assert.Equal(3, (await _phone.ECpsAsync(Ct)).Value.AttemptsLeft);
    }

    [Fact]
    [Trait("Requirement", "T8")]
    public async Task A_wrong_PIN_leaves_the_request_open_and_the_third_makes_the_e_CPS_inactive()
    {
        var (_, request) = await AskAsync();
        var id = $"{request.Id}";

        Assert.Equal(2, (await _phone.ApproveAsync(id, request.Number, "9182", Ct)).Problem!.AttemptsLeft);
        var second = (await _phone.ApproveAsync(id, request.Number, "9182", Ct)).Problem!;
        Assert.Equal(("pin-wrong", 403, 1), (second.Code, second.Status, second.AttemptsLeft!.Value));
        var third = (await _phone.ApproveAsync(id, request.Number, "9182", Ct)).Problem!;

        Assert.Equal(("e-cps-inactive", 410, "blocked"), (third.Code, third.Status, third.Reason));
        Assert.Equal("blocked", (await _phone.ApproveAsync(id, request.Number, Build.Pin, Ct)).Problem!.Reason);
    }

    [Fact]
    public async Task The_right_PIN_clears_the_count_of_wrong_ones()
    {
        var (_, first) = await AskAsync();
        await _phone.ApproveAsync($"{first.Id}", first.Number, "9182", Ct);
        await _phone.ApproveAsync($"{first.Id}", first.Number, "9182", Ct);

        Assert.Null((await _phone.ApproveAsync($"{first.Id}", first.Number, Build.Pin, Ct)).Problem);

        Assert.Equal(3, (await _phone.ECpsAsync(Ct)).Value.AttemptsLeft);
    }

    [Theory]
    [InlineData("")]
    [InlineData("12")]
    [InlineData("27391")]
    [InlineData("27a9")]
    public async Task What_is_no_PIN_costs_no_try(string pin)
    {
        var (_, request) = await AskAsync();

        Assert.Equal("pin-malformed", (await _phone.ApproveAsync($"{request.Id}", request.Number, pin, Ct)).Problem!.Code);

        Assert.Equal(3, (await _phone.ECpsAsync(Ct)).Value.AttemptsLeft);
    }

    [Theory]
    [InlineData("")]
    [InlineData("4")]
    [InlineData("421")]
    [InlineData("4a")]
    public async Task What_is_no_number_is_asked_again(string number)
    {
        var (_, request) = await AskAsync();

        Assert.Equal("number-malformed", (await _phone.ChallengeAsync($"{request.Id}", number, Ct)).Problem!.Code);

        Assert.Null((await _phone.ApproveAsync($"{request.Id}", request.Number, Build.Pin, Ct)).Problem);
    }

    [Fact]
    [Trait("Requirement", "T4")]
    public async Task A_signature_of_a_phishing_site_or_a_copied_key_approves_nothing()
    {
        var (_, request) = await AskAsync();
        Deviations[] lies =
        [
            new() { Origin = "https://psc.example" },
            new() { Challenge = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" },
            new() { RpId = "psc.example" },
            new() { Type = "webauthn.create" },
            new() { UserPresent = false },
            new() { BreaksSignature = true },
            new() { Counter = 1 },
            new() { Counter = 0 },
        ];
        foreach (var lie in lies)
        {
            _phone.Deviations = lie;
            var refused = (await _phone.ApproveAsync($"{request.Id}", request.Number, Build.Pin, Ct)).Problem;
            Assert.True(refused is { Code: "assertion-refused", Status: 403 }, $"{lie}: {refused}");
        }

        _phone.Deviations = new Deviations();
        Assert.Null((await _phone.ApproveAsync($"{request.Id}", request.Number, Build.Pin, Ct)).Problem);
    }

    [Fact]
    [Trait("Requirement", "ASVS-6.6.2")]
    public async Task A_signature_is_good_once_and_for_its_own_request_alone()
    {
        var (_, first) = await AskAsync();
        var proof = _phone.Sign((await _phone.ChallengeAsync($"{first.Id}", first.Number, Ct)).Value).Value;
        var (_, second) = await AskAsync();

        Assert.Equal("assertion-refused", (await _phone.ApproveAsync($"{second.Id}", proof, Build.Pin, Ct)).Problem!.Code);
        Assert.Equal("assertion-refused", (await _phone.ApproveAsync($"{first.Id}", proof, Build.Pin, Ct)).Problem!.Code);

        var good = _phone.Sign((await _phone.ChallengeAsync($"{second.Id}", second.Number, Ct)).Value).Value;
        Assert.Equal(2, (await _phone.ApproveAsync($"{second.Id}", good, "9182", Ct)).Problem!.AttemptsLeft);
        Assert.Equal("assertion-refused", (await _phone.ApproveAsync($"{second.Id}", good, Build.Pin, Ct)).Problem!.Code);
    }

    [Fact]
    public async Task A_challenge_for_a_deletion_approves_nothing()
    {
        var (_, request) = await AskAsync();
        var proof = _phone.Sign((await _phone.ChallengeAsync(ECpsAction.Renew, Ct)).Value).Value;

        Assert.Equal("assertion-refused", (await _phone.ApproveAsync($"{request.Id}", proof, Build.Pin, Ct)).Problem!.Code);
    }

    [Fact]
    public async Task A_challenge_lives_five_minutes_and_a_request_two()
    {
        var (_, request) = await AskAsync();
        var proof = _phone.Sign((await _phone.ChallengeAsync(ECpsAction.Delete, Ct)).Value).Value;

        _app.Clock.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal("assertion-refused", (await _phone.DeactivateAsync(proof, Ct)).Problem!.Code);
        Assert.Equal("expired", (await _phone.RequestAsync($"{request.Id}", Ct)).Problem!.Outcome);
    }

    [Fact]
    [Trait("Requirement", "R2")]
    public async Task Of_fifty_approvals_one_counts()
    {
        var (_, request) = await AskAsync();
        var copies = Enumerable.Range(0, 50).Select(_ => new SoftwarePhone(_app.Http(), _phone.State, _app.Clock) { CountsSignatures = true }).ToList();

        var answers = await Task.WhenAll(copies.Select(copy => copy.ApproveAsync($"{request.Id}", request.Number, Build.Pin, Ct)));

        Assert.Single(answers, answer => answer.Problem is null);
    }

    [Fact]
    public async Task A_new_request_replaces_the_one_before_it()
    {
        var (_, first) = await AskAsync();
        var (_, second) = await AskAsync();

        Assert.Equal($"{second.Id}", Assert.Single((await _phone.RequestsAsync(Ct)).Value.Requests).Id);
        Assert.Equal("replaced", (await _phone.RequestAsync($"{first.Id}", Ct)).Problem!.Outcome);
    }

    [Fact]
    public async Task Refused_it_is_over_and_not_me_keeps_unknown_browsers_away_for_a_day()
    {
        var (_, request) = await AskAsync();
        Assert.Equal("denied", (await _phone.DenyAsync($"{request.Id}", notMe: true, Ct)).Value.Outcome);
        Assert.Equal("denied", (await _phone.DenyAsync($"{request.Id}", notMe: true, Ct)).Problem!.Outcome);

        var (_, kept) = await AskAsync();
        Assert.True(kept.IsDecoy);
        Assert.Empty((await _phone.RequestsAsync(Ct)).Value.Requests);

        _app.Clock.Advance(TimeSpan.FromHours(24));
        Assert.False((await AskAsync()).Request.IsDecoy);
    }

    [Fact]
    public async Task The_phone_shows_that_unknown_browsers_are_kept_away_and_lets_them_in_again_with_PIN_and_key()
    {
        Assert.Null((await _phone.ECpsAsync(Ct)).Value.FrozenUntil);
        var (_, request) = await AskAsync();
        await _phone.DenyAsync($"{request.Id}", notMe: true, Ct);

        Assert.Equal(_app.Clock.GetUtcNow().AddDays(1), (await _phone.ECpsAsync(Ct)).Value.FrozenUntil);
        Assert.Equal("pin-wrong", (await _phone.LiftFreezeAsync("9182", Ct)).Problem!.Code);
        Assert.NotNull((await _phone.ECpsAsync(Ct)).Value.FrozenUntil);
        Assert.Null((await _phone.LiftFreezeAsync(Build.Pin, Ct)).Value.FrozenUntil);

        Assert.False((await AskAsync()).Request.IsDecoy);
    }

    [Fact]
    public async Task A_request_of_somebody_else_is_unknown()
    {
        var other = await _app.AddAsync(Build.Practitioner("899700000013"));
        await _app.EnrolledPhoneAsync(other);
        var request = await _app.AskAsync(other.NationalId);

        foreach (var problem in new[]
        {
            (await _phone.RequestAsync($"{request.Id}", Ct)).Problem,
            (await _phone.ChallengeAsync($"{request.Id}", request.Number, Ct)).Problem,
            (await _phone.DenyAsync($"{request.Id}", ct: Ct)).Problem,
            (await _phone.RequestAsync($"{Guid.NewGuid()}", Ct)).Problem,
        })
        {
            Assert.Equal(("request-unknown", 404), (problem!.Code, problem.Status));
        }
    }

    [Fact]
    public async Task A_passkey_that_counts_nothing_signs_every_time()
    {
        var holder = await _app.AddAsync(Build.Practitioner("899700000013"));
        var enrolled = await _app.EnrolledPhoneAsync(holder, counts: false);

        for (var i = 0; i < 3; i++)
        {
            var request = await _app.AskAsync(holder.NationalId);
            Assert.Null((await enrolled.ApproveAsync($"{request.Id}", request.Number, Build.Pin, Ct)).Problem);
        }
    }

    [Fact]
    public async Task What_the_phone_answered_stands_in_the_journal_with_the_phone_it_came_from()
    {
        var (_, request) = await AskAsync();
        await _phone.ApproveAsync($"{request.Id}", request.Number, Build.Pin, Ct);

        await using var db = _app.Database.Open();
        var entry = await db.Journal.SingleAsync(e => e.Event == JournalEvent.ApprovalApproved, Ct);
        Assert.Equal((_holder.Id, "rp-test"), (entry.PractitionerId!.Value, entry.ClientId));
    }

    private async Task<(Guid SignInRequestId, ApprovalRequest Request)> AskAsync()
    {
        var signInRequestId = Browser.SignInRequestIdOf(await _browser.FollowAsync(_rp.AuthorizationUrl()));
        return (signInRequestId, await _app.AskAsync(_holder.NationalId, signInRequestId, "rp-test"));
    }
}
