using ProSanteConnect.Core.RelyingParties;
using ProSanteConnect.Server.Account;

namespace ProSanteConnect.Server.Start;

/// <summary>The relying party behind «Je teste ma e-CPS»: a public client of the wallet's own pages, registered at start.</summary>
internal static class PortalClient
{
    private const string Actor = "start";

    public static async Task EnsureAsync(Clients clients, IEnumerable<string> wallets, DateTimeOffset now, CancellationToken ct)
    {
        var origins = wallets.ToList();
        var registration = new ClientRegistration
        {
            ClientId = TryModel.ClientId,
            Name = "Je teste ma e-CPS",
            Type = ClientType.Public,
            RedirectUris = [.. origins.Select(origin => origin + "/je-teste-ma-e-cps")],
            PostLogoutRedirectUris = [.. origins.Select(origin => origin + "/")],
            GrantTypes = [ClientGrantTypes.AuthorizationCode],
        };
        if (await clients.AddAsync(registration, Actor, now, ct) is ClientChange.AlreadyExists)
            await clients.UpdateAsync(registration.ClientId, _ => registration, Actor, now, ct);
    }
}
