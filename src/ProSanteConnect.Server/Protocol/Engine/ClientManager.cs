using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using OpenIddict.Core;
using ProSanteConnect.Core.RelyingParties;

namespace ProSanteConnect.Server.Protocol.Engine;

/// <summary>Compares client secrets as we store them: 256 random bits behind one SHA-256, in constant time.</summary>
internal sealed class ClientManager(
    IOpenIddictApplicationCache<Client> cache,
    ILogger<OpenIddictApplicationManager<Client>> logger,
    IOptionsMonitor<OpenIddictCoreOptions> options,
    IOpenIddictApplicationStore<Client> store) : OpenIddictApplicationManager<Client>(cache, logger, options, store)
{
    protected override ValueTask<bool> ValidateClientSecretAsync(
        string secret, string comparand, CancellationToken cancellationToken = default) =>
        new(ClientSecret.Matches(secret, comparand.Split('\n')));
}
