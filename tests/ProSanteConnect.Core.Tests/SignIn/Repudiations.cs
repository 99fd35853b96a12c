using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Enrolment;
using ProSanteConnect.Core.Journal;
using ProSanteConnect.Core.SignIn;
using ProSanteConnect.Core.SingleSignOn;
using ProSanteConnect.Core.Tests.Devices;
using ProSanteConnect.Core.Tests.Enrolment;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Core.Tests.SignIn;

/// <summary>"Ce n'était pas moi", of a sign-in of the history.</summary>
public sealed class Repudiations
{
    private static readonly DateTimeOffset Now = HolderFixture.Start;

    private static CancellationToken Ct => HolderFixture.Ct;

    [Fact]
    public async Task A_repudiated_sign_in_ends_all_that_was_begun_in_the_holder_s_name()
    {
        await using var test = await HolderFixture.CreateAsync();
        var eCps = await test.AddECpsAsync();
        var session = await test.SignInByPhoneAsync(eCps);
        var activation = await test.ConfirmedByCardAsync();
        var known = (await test.WithAsync(s => s.Browsers.RememberAsync(null, test.Practitioner.Id, Now, Ct)))!.Value;
        var (approved, asked) = await test.AskAsync();
        Assert.IsType<ApproveResult.Approved>(await test.ApproveAsync(eCps, asked.Request));

        Assert.True(await RepudiateAsync(test, test.Practitioner.Id, await SignInEntryAsync(test)));

        Assert.IsType<RedeemSignInResult.Cancelled>(await test.RedeemAsync(approved));
        Assert.Equal(ActivationStatus.Cancelled, (await test.ReadAsync(activation)).Status);
        Assert.False(await test.WithAsync(s => s.Browsers.IsKnownAsync(known, test.Practitioner.Id, Now, Ct)));
        Assert.Equal(0, await test.ReadAsync(db => db.Sessions.CountAsync(s => s.EndedAt == null, Ct)));
        Assert.Equal(session.Id, Assert.Single(await test.JournalAsync(JournalEvent.SignInRepudiated)).SessionId);
        Assert.True((await test.ReadAsync(eCps)).IsActiveAt(Now)); // the phone is the holder's own
    }

    [Fact]
    public async Task Nothing_ends_for_what_is_no_sign_in_of_this_practitioner()
    {
        await using var test = await HolderFixture.CreateAsync();
        var eCps = await test.AddECpsAsync();
        await test.SignInByPhoneAsync(eCps);
        var other = await test.AddAsync(Build.Practitioner("899700218896"));
        var approval = Assert.Single(await test.JournalAsync(JournalEvent.ApprovalApproved));

        Assert.False(await RepudiateAsync(test, other.Id, await SignInEntryAsync(test)));
        Assert.False(await RepudiateAsync(test, test.Practitioner.Id, approval.Id));

        Assert.Equal(1, await test.ReadAsync(db => db.Sessions.CountAsync(s => s.EndedAt == null, Ct)));
        Assert.Empty(await test.JournalAsync(JournalEvent.SignInRepudiated));
    }

    [Fact]
    public async Task A_repudiation_that_fails_has_changed_nothing()
    {
        await using var test = await HolderFixture.CreateAsync();
        var eCps = await test.AddECpsAsync();
        await test.SignInByPhoneAsync(eCps);
        var activation = await test.ConfirmedByCardAsync();
        var entry = await SignInEntryAsync(test);

        await Assert.ThrowsAnyAsync<DbUpdateException>(() => test.WithAsync(s =>
        {
            // A key that exists: the last SaveChanges of the transaction fails.
            s.Db.Add(new KnownBrowser { TokenHash = [1], PractitionerId = long.MaxValue, FirstSeenAt = Now, LastSeenAt = Now, ExpiresAt = Now });
            s.Db.Add(Build.Practitioner(test.Practitioner.NationalId));
            return s.Repudiation.RepudiateAsync(test.Practitioner.Id, entry, test.Computer, Now, Ct);
        }));

        Assert.Equal(ActivationStatus.Confirmed, (await test.ReadAsync(activation)).Status);
        Assert.NotEqual(0, await test.ReadAsync(db => db.Sessions.CountAsync(s => s.EndedAt == null, Ct)));
        Assert.Empty(await test.JournalAsync(JournalEvent.SignInRepudiated));
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task A_repudiation_among_fifty_redemptions_leaves_no_session_alive(DatabaseProvider provider)
    {
        await using var test = await HolderFixture.CreateAsync(provider);
        var eCps = await test.AddECpsAsync();
        await test.SignInByPhoneAsync(eCps);
        var entry = await SignInEntryAsync(test);

        for (var round = 0; round < HolderFixture.Rounds; round++)
        {
            var signIns = new List<SignInRequest>();
            for (var page = 0; page < HolderFixture.Callers; page++)
            {
                var signIn = await test.BeginAsync();
                Assert.True(await test.WithAsync(s => s.SignIns.ApproveFromPhoneAsync(signIn.Id, eCps, Now, Ct)));
                signIns.Add(signIn);
            }

            await test.AtOnceAsync(async (number, s) => number == HolderFixture.Callers / 2
                ? await s.Repudiation.RepudiateAsync(test.Practitioner.Id, entry, test.Computer, Now, Ct)
                : await test.RedeemAsync(signIns[number]) is RedeemSignInResult.Opened);

            Assert.Equal(0, await test.ReadAsync(db => db.Sessions.CountAsync(s => s.EndedAt == null, Ct)));
        }
    }

    private static Task<bool> RepudiateAsync(HolderFixture test, long practitionerId, long entry) =>
        test.WithAsync(s => s.Repudiation.RepudiateAsync(practitionerId, entry, test.Computer, Now, Ct));

    private static async Task<long> SignInEntryAsync(HolderFixture test) => (await test.JournalAsync(JournalEvent.SessionOpened))[0].Id;
}
