using Microsoft.Playwright;

namespace ProSanteConnect.Browser.Tests;

/// <summary>What keeps a phone's keys, and has its holder confirm each use at once (WebAuthn, "virtual authenticator").</summary>
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
