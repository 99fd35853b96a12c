namespace ProSanteConnect.Browser.Tests;

/// <summary>An e-CPS is renewed in the app, in one step and without a deletion.</summary>
[Collection(SharedJourney.Name)]
public sealed class Renewal(Journey journey)
{
    [Fact]
    public async Task In_its_last_days_the_PIN_prolongs_it_by_three_years()
    {
        var card = journey.Card(nationalId: "898765000124");
        await using var phone = await journey.OpenActivatedPhoneAsync(card);

        await journey.LetECpsExpireAsync(card, inDays: 20);
        await phone.OpenAsync();
        await phone.OpenRenewalAsync();
        await phone.RenewAsync("4927");
        await phone.ExpectTextAsync("Code PIN incorrect, il vous reste 2 essais.");
        await phone.RenewAsync(PhoneWindow.Pin);

        await phone.ExpectTextAsync("Votre e-CPS est maintenant valable jusqu'au");
        await phone.ExpectTextAsync($"{TimeProvider.System.GetUtcNow().Year + 3}");
    }
}
