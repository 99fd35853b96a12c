using Microsoft.Playwright;

namespace ProSanteConnect.Browser.Tests;

/// <summary>A virtual authenticator (WebAuthn, section 11) that confirms each use at once.</summary>
internal static class VirtualKeys
{
    public static async Task PlugIntoAsync(IPage page)
    {
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("WebAuthn.enable");
        await session.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
    }
}
