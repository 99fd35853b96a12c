using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Core.RelyingParties;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Server.Tests.Protocol;

/// <summary>One provider for all tests that leave its clock alone: each registers the relying party it needs.</summary>
public sealed class SharedProvider : IAsyncLifetime
{
    private int _clients;

    public PscApp App { get; private set; } = null!;

    /// <summary>Camille FICTIF, with a practice.</summary>
    public Practitioner Practitioner { get; private set; } = null!;

    /// <summary>A confidential client with common settings.</summary>
    public RelyingParty Rp { get; private set; } = null!;

    /// <summary>Tokens of <see cref="Rp"/> for tests that only read them: no test may end their grant.</summary>
    public TokenAnswer Tokens { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        App = await PscApp.StartAsync();
        Practitioner = await App.AddAsync(Build.Practitioner());
        Rp = await RegisterAsync();
        Tokens = await SignInAsync();
    }

    public Task<RelyingParty> RegisterAsync(Action<Client>? configure = null) =>
        RelyingParty.RegisterAsync(App, configure, $"rp-{Interlocked.Increment(ref _clients)}");

    /// <summary>The tokens of a sign-in in a browser of its own.</summary>
    public async Task<TokenAnswer> SignInAsync(RelyingParty? rp = null, Dictionary<string, string?>? parameters = null)
    {
        rp ??= Rp;
        using var browser = App.NewBrowser();
        var answer = await rp.SignInAsync(browser, Practitioner, parameters);
        return await rp.RedeemAsync(answer["code"]);
    }

    /// <summary>A browser in which the practitioner has signed in already.</summary>
    public async Task<Browser> SignedInBrowserAsync()
    {
        var browser = App.NewBrowser();
        await Rp.SignInAsync(browser, Practitioner);
        return browser;
    }

    public ValueTask DisposeAsync() => App.DisposeAsync();
}

[CollectionDefinition]
public sealed class SharedProviderTests : ICollectionFixture<SharedProvider>;
