using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Server.Tests.Pages;

internal static class PortalSignIn
{
    /// <summary>Signs a practitioner in at the portal; Camille FICTIF unless somebody else is named.</summary>
    public static async Task<Practitioner> SignInAtPortalAsync(this PscApp app, Browser browser, Practitioner? practitioner = null)
    {
        practitioner ??= await app.AddAsync(Build.Practitioner());
        var start = await browser.Http.GetAsync("/mon-compte", TestContext.Current.CancellationToken);
        await browser.FollowAsync(await app.ApproveAsync(Browser.SignInRequestIdOf(start), practitioner));
        return practitioner;
    }
}
