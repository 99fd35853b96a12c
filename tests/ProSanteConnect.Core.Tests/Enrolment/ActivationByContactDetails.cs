using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Enrolment;
using ProSanteConnect.Core.Journal;
using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Core.Tests.Devices;
using ProSanteConnect.Core.Tests.SignIn;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Core.Tests.Enrolment;

public sealed class ActivationByContactDetails
{
    private const string Rpps = "898765000017";

    private static readonly DateTimeOffset Now = HolderFixture.Start;

    private static CancellationToken Ct => HolderFixture.Ct;

    [Fact]
    [Trait("Requirement", "B4")]
    public async Task The_QR_code_goes_to_the_address_that_the_directory_holds_and_lasts_an_hour()
    {
        await using var test = await HolderFixture.CreateAsync();

        var opened = Assert.IsType<OpenActivationResult.Opened>(await OpenAsync(test));

        Assert.Equal(["QR code to camille.fictif@example.org"], test.Notices.Told);
        Assert.Equal(opened.QrCode.Value, test.Notices.LastQrCode);
        Assert.IsType<ScanResult.Expired>(await test.ScanAsync(opened.QrCode, Now.AddHours(1)));
        var paired = Assert.IsType<ScanResult.Paired>(await test.ScanAsync(opened.QrCode, Now.AddMinutes(59)));
        Assert.Null(paired.PairingCode);
        Assert.Equal(Now.AddMinutes(74), paired.Activation.ExpiresAt);
    }

    [Theory]
    [InlineData("899700218896", ContactRefusal.UnknownHolder)]
    [InlineData("0359912340", ContactRefusal.NotRpps)]
    public async Task Nothing_goes_out_for_an_identifier_that_cannot_be_asked(string nationalId, ContactRefusal reason)
    {
        await using var test = await HolderFixture.CreateAsync();
        await test.AddAsync(Build.Practitioner("0359912340"));

        Assert.Equal(new OpenActivationResult.Refused(reason), await OpenAsync(test, nationalId));

        Assert.Empty(test.Notices.Told);
        Assert.Equal(reason.ToString(), Assert.Single(await test.JournalAsync(JournalEvent.ActivationRefused)).Detail);
    }

    [Theory]
    [Trait("Requirement", "RIE-PS-07")]
    [InlineData("", "+33639980001", ContactRefusal.NoContactDetails)]
    [InlineData("camille.fictif@example.org", "", ContactRefusal.NoContactDetails)]
    [InlineData("camille.fictif@ville.mssante.fr", "+33639980001", ContactRefusal.MssanteAddress)]
    [InlineData("mssante@example.org", "+33639980001", null)]
    public async Task Both_addresses_are_needed_and_a_professional_mailbox_is_none(string email, string phone, ContactRefusal? reason)
    {
        await using var test = await HolderFixture.CreateAsync();
        await test.WithAsync(s => s.Db.Practitioners.ExecuteUpdateAsync(
            set => set.SetProperty(p => p.ContactEmail, email).SetProperty(p => p.ContactPhone, phone), Ct));

        Assert.Equal(reason, (await OpenAsync(test) as OpenActivationResult.Refused)?.Reason);
    }

    [Fact]
    public async Task A_delisted_practitioner_is_unknown()
    {
        await using var test = await HolderFixture.CreateAsync();
        await test.DelistAsync(Now);

        Assert.Equal(new OpenActivationResult.Refused(ContactRefusal.UnknownHolder), await OpenAsync(test));
    }

    [Fact]
    public async Task Five_mails_go_out_in_a_day_and_the_card_is_never_held_back()
    {
        await using var test = await HolderFixture.CreateAsync();
        for (var mail = 0; mail < 5; mail++) Assert.IsType<OpenActivationResult.Opened>(await OpenAsync(test));

        Assert.Equal(new OpenActivationResult.Refused(ContactRefusal.TooManyRequests), await OpenAsync(test));

        Assert.Equal(5, test.Notices.Told.Count);
        await test.OpenByCardAsync();
        Assert.IsType<OpenActivationResult.Opened>(await OpenAsync(test, now: Now.AddDays(1)));
    }

    [Fact]
    public async Task Whoever_asks_for_a_mail_ends_nothing_that_the_holder_has_begun()
    {
        await using var test = await HolderFixture.CreateAsync();
        var byCard = await test.OpenByCardAsync();
        var byMail = Assert.IsType<OpenActivationResult.Opened>(await OpenAsync(test));

        await OpenAsync(test);

        Assert.IsType<ScanResult.Paired>(await test.ScanAsync(byCard.Opened.QrCode));
        Assert.IsType<ScanResult.Paired>(await test.ScanAsync(byMail.QrCode));
    }

    [Fact]
    [Trait("Requirement", "B7")]
    public async Task The_code_of_the_SMS_typed_on_the_phone_gives_the_enrolment_token()
    {
        await using var test = await HolderFixture.CreateAsync();
        var paired = await PairAsync(test);
        Assert.IsType<ExchangeCodeResult.Pending>(await test.ExchangeAsync(paired.PairingToken, "000000"));

        var sent = Assert.IsType<SendCodeResult.Sent>(await SendAsync(test, paired));
        Assert.Equal(("+33639980001", Now.AddMinutes(5), Now.AddSeconds(60), 2), (sent.Phone, sent.CodeExpiresAt, sent.ResendAt, sent.SendsLeft));
        var confirmed = Assert.IsType<ExchangeCodeResult.Confirmed>(await test.ExchangeAsync(paired.PairingToken, test.Notices.LastCode!.Value));

        Assert.IsType<ExchangeCodeResult.Unknown>(await test.ExchangeAsync(paired.PairingToken, test.Notices.LastCode.Value));
        var found = Assert.IsType<ActivationTokenResult.Found>(
            await test.WithAsync(s => s.Activations.FindByTokenAsync(confirmed.EnrolmentToken.Value, Now, Ct)));
        Assert.Equal((true, ActivationStatus.Confirmed), (found.MayEnrol, found.Activation.Status));
        Assert.Equal("code to +33639980001", test.Notices.Told[^1]);
    }

    [Fact]
    [Trait("Requirement", "B7")]
    [Trait("Requirement", "T5")]
    public async Task A_code_has_three_tries_and_a_new_one_replaces_it()
    {
        await using var test = await HolderFixture.CreateAsync();
        var paired = await PairAsync(test);
        await SendAsync(test, paired);
        var first = test.Notices.LastCode!;
        var wrong = ActivationSteps.NotThe(first);

        Assert.Equal(new ExchangeCodeResult.Wrong(2), await test.ExchangeAsync(paired.PairingToken, wrong));
        Assert.Equal(new ExchangeCodeResult.Wrong(1), await test.ExchangeAsync(paired.PairingToken, null));
        Assert.IsType<ExchangeCodeResult.Denied>(await test.ExchangeAsync(paired.PairingToken, wrong));
        Assert.IsType<ExchangeCodeResult.Denied>(await test.ExchangeAsync(paired.PairingToken, first.Value));

        await SendAsync(test, paired, Now.AddSeconds(60));
        if (test.Notices.LastCode!.Value != first.Value)
        {
            Assert.Equal(new ExchangeCodeResult.Wrong(2), await test.ExchangeAsync(paired.PairingToken, first.Value, Now.AddSeconds(61)));
        }

        Assert.IsType<ExchangeCodeResult.Confirmed>(await test.ExchangeAsync(paired.PairingToken, test.Notices.LastCode.Value, Now.AddSeconds(61)));
    }

    [Fact]
    [Trait("Requirement", "ASVS-6.5.5")]
    public async Task A_code_by_SMS_lasts_five_minutes()
    {
        await using var test = await HolderFixture.CreateAsync();
        var paired = await PairAsync(test);
        await SendAsync(test, paired);

        Assert.IsType<ExchangeCodeResult.Expired>(await test.ExchangeAsync(paired.PairingToken, test.Notices.LastCode!.Value, Now.AddMinutes(5)));
    }

    [Fact]
    [Trait("Requirement", "T5")]
    public async Task Three_SMS_are_sent_a_minute_apart()
    {
        await using var test = await HolderFixture.CreateAsync();
        var paired = await PairAsync(test);

        Assert.IsType<SendCodeResult.Sent>(await SendAsync(test, paired));
        Assert.Equal(new SendCodeResult.TooSoon(Now.AddSeconds(60)), await SendAsync(test, paired, Now.AddSeconds(59)));
        Assert.IsType<SendCodeResult.Sent>(await SendAsync(test, paired, Now.AddSeconds(60)));
        Assert.Equal(0, Assert.IsType<SendCodeResult.Sent>(await SendAsync(test, paired, Now.AddSeconds(120))).SendsLeft);
        Assert.IsType<SendCodeResult.Exhausted>(await SendAsync(test, paired, Now.AddSeconds(180)));
        Assert.IsType<SendCodeResult.Over>(await SendAsync(test, paired, Now.AddMinutes(15)));
        Assert.Equal(3, (await test.JournalAsync(JournalEvent.ActivationCodeSent)).Count);
    }

    [Fact]
    [Trait("Requirement", "T5")]
    public async Task A_number_gets_five_SMS_in_a_day()
    {
        await using var test = await HolderFixture.CreateAsync();
        for (var sms = 0; sms < 5; sms++)
        {
            Assert.IsType<SendCodeResult.Sent>(await SendAsync(test, await PairAsync(test)));
        }

        var sixth = await PairByAnotherHolderOfTheNumberAsync(test);

        Assert.IsType<SendCodeResult.Exhausted>(await SendAsync(test, sixth));
    }

    [Fact]
    public async Task A_card_s_code_is_not_sent()
    {
        await using var test = await HolderFixture.CreateAsync();
        var (_, paired) = await test.PairByCardAsync();

        Assert.IsType<SendCodeResult.NotOffered>(await SendAsync(test, paired));
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    [Trait("Requirement", "R2")]
    public async Task Of_fifty_calls_one_sends_and_one_confirms(DatabaseProvider provider)
    {
        await using var test = await HolderFixture.CreateAsync(provider);

        for (var round = 0; round < Math.Min(HolderFixture.Rounds, 5); round++)
        {
            var paired = await PairAsync(test);

            var sends = await test.AtOnceAsync((_, s) => s.Activations.SendCodeAsync(paired.Activation, test.Phone, Now, Ct));
            Assert.Single(sends, sent => sent is SendCodeResult.Sent);

            var exchanges = await test.AtOnceAsync((_, s) => s.Activations.ExchangeAsync(
                paired.PairingToken.Value, test.Notices.LastCode!.Value, test.Phone, Now, Ct));
            Assert.Single(exchanges, exchange => exchange is ExchangeCodeResult.Confirmed);
        }
    }

    private static Task<OpenActivationResult> OpenAsync(HolderFixture test, string nationalId = Rpps, DateTimeOffset? now = null)
    {
        Assert.True(NationalId.TryParse(nationalId, out var holder));
        return test.WithAsync(s => s.Activations.OpenByContactDetailsAsync(holder, test.Phone, now ?? Now, Ct));
    }

    private static async Task<ScanResult.Paired> PairAsync(HolderFixture test, string nationalId = Rpps) => Assert.IsType<ScanResult.Paired>(
        await test.ScanAsync(Assert.IsType<OpenActivationResult.Opened>(await OpenAsync(test, nationalId)).QrCode));

    private static async Task<ScanResult.Paired> PairByAnotherHolderOfTheNumberAsync(HolderFixture test)
    {
        await test.AddAsync(Build.Practitioner("899700218896"));
        return await PairAsync(test, "899700218896");
    }

    private static Task<SendCodeResult> SendAsync(HolderFixture test, ScanResult.Paired paired, DateTimeOffset? now = null) =>
        test.WithAsync(s => s.Activations.SendCodeAsync(paired.Activation, test.Phone, now ?? Now, Ct));
}
