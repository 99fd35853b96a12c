namespace ProSanteConnect.Browser.Tests;

/// <summary>How an e-CPS ends on its phone (S1, S2), and what the phone says of one that ended.</summary>
public sealed partial class PhoneWindow
{
    /// <summary>S2.1.</summary>
    public Task OpenSettingsAsync() => Link("Paramètres").ClickAsync();

    /// <summary>S1.1.</summary>
    public Task ChooseForgottenAsync() => Link("Mot de passe oublié").ClickAsync();

    /// <summary>S1.2: the app says that the e-CPS is inactive, and offers to activate it again.</summary>
    public async Task DeactivateAndReactivateAsync()
    {
        await Button("Désactiver et réactiver").ClickAsync();
        await ExpectInactiveAsync("e-CPS inactive");
        await ExpectTextAsync("Votre e-CPS a été désactivée parce que son code PIN était oublié.");
    }

    /// <summary>S2.2.</summary>
    public Task ChooseDeleteAsync() => Link("Supprimer ma e-CPS").ClickAsync();

    /// <summary>S2.3.</summary>
    public Task ConfirmAsync() => Button("Confirmer").ClickAsync();

    /// <summary>From the first screen of an e-CPS that ends soon.</summary>
    public Task OpenRenewalAsync() => Link("Renouveler").ClickAsync();

    public async Task RenewAsync(string pin)
    {
        await page.GetByLabel("Code PIN", new() { Exact = true }).FillAsync(pin);
        await Button("Renouveler mon e-CPS").ClickAsync();
    }

    /// <summary>The phone shows why the e-CPS is inactive, and the next step.</summary>
    public async Task ExpectInactiveAsync(string title)
    {
        await ExpectTitleAsync(title);
        await ExpectTextAsync("Inactive");
    }

    /// <summary>From there to the ways to activate.</summary>
    public async Task ReactivateAsync()
    {
        await BeginToReactivateAsync();
        await AcceptConditionsAsync();
    }

    public async Task BeginToReactivateAsync()
    {
        await Link("Réactiver").ClickAsync();
        await BeginActivationAsync();
    }

    /// <summary>The message of the app for this reason of deactivation.</summary>
    public async Task ShowEndingAsync(string reason)
    {
        await page.EvaluateAsync(
            """
            async reason => {
              const { write } = await import('/app/store.js');
              await write('inactive', { state: 'inactive', reason, since: '2026-11-02T09:30:00Z' });
            }
            """,
            reason);
        await page.ReloadAsync();
    }
}
