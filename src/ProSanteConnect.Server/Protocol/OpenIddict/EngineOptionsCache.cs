using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using OpenIddict.Server;

namespace ProSanteConnect.Server.Protocol.OpenIddict;

/// <summary>
/// The engine's options for each issuer under which it answers: one in production, one per called origin in the sandbox.
/// The hosts that are answered for are a closed list, so the cache is bounded.
/// </summary>
internal sealed class EngineOptionsCache(IOptionsFactory<OpenIddictServerOptions> factory)
{
    private readonly ConcurrentDictionary<string, OpenIddictServerOptions> _options = new(StringComparer.Ordinal);

    public OpenIddictServerOptions For(string issuer) => _options.GetOrAdd(issuer, Create);

    private OpenIddictServerOptions Create(string issuer)
    {
        var options = factory.Create(Options.DefaultName);
        options.Issuer = new Uri(issuer);
        return options;
    }
}
