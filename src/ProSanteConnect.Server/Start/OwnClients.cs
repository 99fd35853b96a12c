using ProSanteConnect.Core.RelyingParties;
using ProSanteConnect.Server.Account;

namespace ProSanteConnect.Server.Start;

/// <summary>The relying parties that are ours, public clients both, registered at start: «Je teste ma e-CPS» and the phone app.</summary>
internal static class OwnClients
{
    private const string Actor = "start";

    public static async Task EnsureAsync(Clients clients, IEnumerable<string> wallets, DateTimeOffset now, CancellationToken ct)
    {
        await EnsureAsync(clients, Portal([.. wallets]), now, ct);
        await EnsureAsync(clients, PhoneApp.Registration, now, ct);
    }

    private static ClientRegistration Portal(IReadOnlyList<string> origins) => new()
    {
        ClientId = TryModel.ClientId,
        Name = "Je teste ma e-CPS",
        Type = ClientType.Public,
        RedirectUris = [.. origins.Select(origin => origin + TryModel.Path)],
        PostLogoutRedirectUris = [.. origins.Select(origin => origin + "/")],
        GrantTypes = [ClientGrantTypes.AuthorizationCode],
    };

    private static async Task EnsureAsync(Clients clients, ClientRegistration registration, DateTimeOffset now, CancellationToken ct)
    {
        if (await clients.AddAsync(registration, Actor, now, ct) is ClientChange.AlreadyExists)
            await clients.UpdateAsync(registration.ClientId, _ => registration, Actor, now, ct);
    }
}
