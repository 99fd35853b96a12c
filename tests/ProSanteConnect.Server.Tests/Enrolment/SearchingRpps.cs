using System.Text;
using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Journal;
using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Testing;
using ProSanteConnect.Tools.Phone;

namespace ProSanteConnect.Server.Tests.Enrolment;

/// <summary>Steps B3.1 to B3.5, and what the search must not tell (security-checklist T7).</summary>
public sealed class SearchingRpps : IAsyncLifetime
{
    private const string Mail = "camille@cabinet.example";
    private PscApp _app = null!;
    private Practitioner _holder = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _app = await PscApp.StartAsync(configure: builder => builder.Configuration["RateLimits:SearchesPerAddressPerHour"] = "1000");
        _holder = await AddAsync("898765000017", Mail, "+33639980021");
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Theory]
    [Trait("Requirement", "B3.5")]
    [InlineData(Mail, "0639980021")]
    [InlineData(" Camille@Cabinet.EXAMPLE ", "06 39 98 00 21")]
    [InlineData(Mail, "+33 (0)6.39.98.00.21")]
    [InlineData(Mail, "0033639980021")]
    public async Task B3_5_the_number_is_shown_when_mail_and_telephone_are_the_directorys(string mail, string phone)
    {
        var found = (await (await PhoneAsync()).SearchRppsAsync(mail, phone, Ct)).Value;

        Assert.Equal(_holder.NationalId[1..], found.Rpps);
    }

    [Fact]
    [Trait("Requirement", "T7")]
    public async Task Every_failure_is_answered_in_the_same_words()
    {
        var other = await AddAsync("899700000013", "sacha@cabinet.example", "+33639980022");
        var delisted = await AddAsync("899700000021", "noa@cabinet.example", "+33639980023", p => p.DelistedAt = _app.Clock.GetUtcNow());
        await AddAsync("012345678", "adeli@cabinet.example", "+33639980024");
        (string Mail, string Phone)[] searches =
        [
            ("inconnu@cabinet.example", "0639980099"),          // neither is known
            ("inconnu2@cabinet.example", "0639980021"),         // the telephone is
            (Mail, "0639980098"),                               // the mail is
            (Mail, other.ContactPhone),                         // both are, of two people
            (delisted.ContactEmail, delisted.ContactPhone),     // struck off
            ("adeli@cabinet.example", "0639980024"),            // has no RPPS number
        ];

        var answers = new List<string>();
        foreach (var (mail, phone) in searches) answers.Add(await SearchAsync(mail, phone));

        Assert.StartsWith("404 ", answers[0], StringComparison.Ordinal);
        Assert.Contains("practitioner-not-found", answers[0], StringComparison.Ordinal);
        Assert.Each(answers, answer => Assert.Equal(answers[0], answer));
    }

    [Theory]
    [InlineData("pas-un-mail", "0639980021")]
    [InlineData(Mail, "12")]
    [InlineData("", "")]
    public async Task What_is_no_mail_or_no_number_is_said_to_be_so(string mail, string phone) =>
        Assert.Contains("search-malformed", await SearchAsync(mail, phone), StringComparison.Ordinal);

    [Fact]
    [Trait("Requirement", "T7")]
    public async Task One_mail_or_one_number_is_tried_three_times_an_hour_whoever_they_belong_to()
    {
        foreach (var mail in new[] { Mail, "inconnu@cabinet.example" })
        {
            for (var i = 0; i < 3; i++)
                Assert.StartsWith("404", await SearchAsync(mail, $"06399801{mail.Length % 10}{i}"), StringComparison.Ordinal);

            var limited = await SearchAsync(mail, "0639980150");
            Assert.StartsWith("429 ", limited, StringComparison.Ordinal);
            Assert.Contains("too-many-requests", limited, StringComparison.Ordinal);
        }

        for (var i = 0; i < 3; i++) await SearchAsync($"nouveau{i}@cabinet.example", "0639980177");
        Assert.StartsWith("429 ", await SearchAsync("nouveau9@cabinet.example", "0639980177"), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "T7")]
    public async Task An_address_searches_ten_times_an_hour()
    {
        await using var app = await PscApp.StartAsync();
        var phone = await app.NewPhoneAsync();

        for (var i = 0; i < 10; i++) Assert.Equal(404, (await phone.SearchRppsAsync($"m{i}@cabinet.example", $"063998{i:D4}", Ct)).Problem!.Status);

        var limited = (await phone.SearchRppsAsync("m10@cabinet.example", "0639980010", Ct)).Problem!;
        Assert.Equal(("too-many-requests", 429), (limited.Code, limited.Status));
    }

    [Fact]
    public async Task Each_search_leaves_a_line_that_names_nobody()
    {
        await SearchAsync(Mail, "0639980099");

        await using var db = _app.Database.Open();
        var entry = await db.Journal.SingleAsync(e => e.Event == JournalEvent.RppsSearched, Ct);
        Assert.Equal(JournalOutcome.Refused, entry.Outcome);
        Assert.DoesNotContain("camille", entry.Detail, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("639980099", entry.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_search_takes_the_floor_time_whatever_it_finds()
    {
        await using var app = await PscApp.StartAsync(configure: builder => builder.Configuration["MinimumResponseTime:Directory"] = "00:00:00.5");
        var phone = await app.NewPhoneAsync();
        var search = phone.SearchRppsAsync("inconnu@cabinet.example", "0639980099", Ct);

        await Task.WhenAny(search, Task.Delay(TimeSpan.FromMilliseconds(700), TimeProvider.System, Ct));
        Assert.False(search.IsCompleted);
        while (!search.IsCompleted)
        {
            app.Clock.Advance(TimeSpan.FromMilliseconds(500));
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Ct);
        }

        Assert.Equal(404, (await search).Problem!.Status);
    }

    private Task<SoftwarePhone> PhoneAsync() => _app.NewPhoneAsync();

    private async Task<string> SearchAsync(string mail, string phone)
    {
        var json = $$"""{"email":"{{mail}}","phone":"{{phone}}"}""";
        var response = await _app.Http().PostAsync("/ecps/v1/rpps-search", new StringContent(json, Encoding.UTF8, "application/json"), Ct);
        return $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync(Ct)}";
    }

    private Task<Practitioner> AddAsync(string nationalId, string mail, string phone, Action<Practitioner>? change = null)
    {
        var practitioner = Build.Practitioner(nationalId);
        practitioner.ContactEmail = mail;
        practitioner.ContactPhone = phone;
        change?.Invoke(practitioner);
        return _app.AddAsync(practitioner);
    }
}
