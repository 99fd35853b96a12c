using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Devices;
using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Core.Security;
using ProSanteConnect.Core.SignIn;
using ProSanteConnect.Core.SingleSignOn;
using ProSanteConnect.Core.Tests.Devices;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Core.Tests.SignIn;

/// <summary>The steps that most tests of an approval begin with.</summary>
internal static class ApprovalSteps
{
    public const string BrowserSecret = "the cookie of the browser that began";

    public static Task<SignInRequest> BeginAsync(this HolderFixture test, DateTimeOffset? now = null) => test.WithAsync(
        s => s.SignIns.OpenAsync(null, "/mon-compte", required: null, BrowserSecret, now ?? HolderFixture.Start, test.SignInOptions, HolderFixture.Ct));

    public static async Task<(SignInRequest SignIn, ApprovalStarted Asked)> AskAsync(
        this HolderFixture test, DateTimeOffset? now = null, string nationalId = "898765000017", string? knownBrowser = null, bool limited = false)
    {
        var signIn = await test.BeginAsync(now);
        return (signIn, await test.AskAsync(signIn, now, nationalId, knownBrowser, limited));
    }

    public static Task<ApprovalStarted> AskAsync(
        this HolderFixture test, SignInRequest signIn, DateTimeOffset? now = null, string nationalId = "898765000017", string? knownBrowser = null,
        bool limited = false)
    {
        Assert.True(NationalId.TryParse(nationalId, out var holder));
        var ask = new ApprovalInput
        {
            SignInRequestId = signIn.Id,
            ClaimedHolder = holder,
            Browser = test.Computer,
            KnownBrowserToken = knownBrowser,
            IsLimited = limited,
            Origin = "https://wallet.example.org",
        };
        return test.WithAsync(s => s.Approvals.AskAsync(ask, now ?? HolderFixture.Start, HolderFixture.Ct));
    }

    public static Task<ApproveResult> ApproveAsync(
        this HolderFixture test, ECps eCps, ApprovalRequest request, string? number = null, string pin = Build.Pin, DateTimeOffset? now = null) =>
        test.WithAsync(s => s.Approvals.ApproveAsync(
            request.Id, eCps, number ?? request.Number, pin, test.Phone, now ?? HolderFixture.Start, HolderFixture.Ct));

    public static Task<RedeemSignInResult> RedeemAsync(
        this HolderFixture test, SignInRequest signIn, string secret = BrowserSecret, string? handover = null, DateTimeOffset? now = null) =>
        test.WithAsync(s => s.SignIns.RedeemAsync(
            signIn.Id, secret, handover, test.Computer, now ?? HolderFixture.Start, test.SignInOptions, HolderFixture.Ct));

    /// <summary>A session that an e-CPS opened.</summary>
    public static async Task<Session> SignInByPhoneAsync(this HolderFixture test, ECps eCps)
    {
        var (signIn, asked) = await test.AskAsync();
        Assert.IsType<ApproveResult.Approved>(await test.ApproveAsync(eCps, asked.Request));
        return Assert.IsType<RedeemSignInResult.Opened>(await test.RedeemAsync(signIn)).Session;
    }

    public static Task<Grant> AddGrantAsync(this HolderFixture test, Session session) => test.AddAsync(new Grant
    {
        Id = Guid.NewGuid(),
        SessionId = session.Id,
        ClientId = "client",
        Scope = "openid",
        RedirectUri = "https://rp.example.org/",
        Acr = "eidas1",
        AuthLevel = 1,
        CodeHash = SecretToken.Generate().Hash,
        CodeExpiresAt = HolderFixture.Start.AddMinutes(1),
        CreatedAt = HolderFixture.Start,
        ExpiresAt = session.ExpiresAt,
    });

    public static Task DelistAsync(this HolderFixture test, DateTimeOffset at) => test.WithAsync(s => s.Db.Practitioners
        .Where(p => p.Id == test.Practitioner.Id)
        .ExecuteUpdateAsync(set => set.SetProperty(p => p.DelistedAt, at), HolderFixture.Ct));
}
