using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Caching.Memory;

namespace WebRelyingParty;

/// <summary>
/// Stores sessions in the memory of this process. This suffices for a sample with one node; a restart ends all sessions.
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
        // Stores a copy, so that concurrent requests of one session do not share a mutable object.
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
