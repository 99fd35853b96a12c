using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Caching.Memory;

namespace WebRelyingParty;

/// <summary>
/// Keeps sessions in the memory of this process: enough for an example of one node, which forgets them when it stops.
/// </summary>
internal sealed class MemoryTicketStore(IMemoryCache cache) : ITicketStore
{
    public async Task<string> StoreAsync(AuthenticationTicket ticket)
    {
        var key = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        await RenewAsync(key, ticket);
        return key;
    }

    public Task RenewAsync(string key, AuthenticationTicket ticket)
    {
        // A copy is kept, so that two requests of one session never change the same object.
        cache.Set(key, TicketSerializer.Default.Serialize(ticket), ticket.Properties.ExpiresUtc!.Value);
        return Task.CompletedTask;
    }

    public Task<AuthenticationTicket?> RetrieveAsync(string key) => Task.FromResult(
        cache.TryGetValue(key, out byte[]? ticket) ? TicketSerializer.Default.Deserialize(ticket!) : null);

    public Task RemoveAsync(string key)
    {
        cache.Remove(key);
        return Task.CompletedTask;
    }
}
