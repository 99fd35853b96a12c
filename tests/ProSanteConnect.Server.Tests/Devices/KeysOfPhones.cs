using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using ProSanteConnect.Testing;
using ProSanteConnect.Tools.Phone;

namespace ProSanteConnect.Server.Tests.Devices;

/// <summary>Which keys a phone may register (section <c>DeviceKey</c> of the configuration).</summary>
public sealed class KeysOfPhones
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("none", "none")]
    [InlineData("direct", "packed")]
    public async Task What_an_authenticator_says_it_is_is_kept(string policy, string format)
    {
        await using var app = await StartAsync("Attestation", policy);

        await app.EnrolledPhoneAsync(await app.AddAsync(Build.Practitioner()));

        await using var db = app.Database.Open();
        var kept = await db.ECps.SingleAsync(Ct);
        Assert.Equal((format, format != "none"), (kept.AttestationFormat, kept.AttestationObject is not null));
    }

    [Theory]
    [InlineData("true", null)]
    [InlineData("false", "credential-refused")]
    public async Task A_key_that_its_platform_copies_is_taken_if_the_operator_says_so(string allowed, string? refusal)
    {
        await using var app = await StartAsync("AllowSyncedKeys", allowed);
        var phone = await app.NewPhoneAsync(hasSyncedKey: true);

        Assert.Equal(refusal, (await app.EnrolAsync(phone, await app.AddAsync(Build.Practitioner()))).Problem?.Code);
    }

    [Theory]
    [InlineData("preferred", null)]
    [InlineData("required", "credential-refused")]
    public async Task A_phone_that_did_not_ask_for_its_owner_is_taken_if_the_operator_says_so(string policy, string? refusal)
    {
        await using var app = await StartAsync("UserVerification", policy);
        var phone = await app.NewPhoneAsync();
        phone.Deviations = new Deviations { UserVerified = false };

        Assert.Equal(refusal, (await app.EnrolAsync(phone, await app.AddAsync(Build.Practitioner()))).Problem?.Code);
    }

    private static Task<PscApp> StartAsync(string option, string value) => PscApp.StartAsync(configure: builder =>
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { [$"DeviceKey:{option}"] = value }));
}
