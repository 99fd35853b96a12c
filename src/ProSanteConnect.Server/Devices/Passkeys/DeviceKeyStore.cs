using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Devices;

namespace ProSanteConnect.Server.Devices.Passkeys;

/// <summary>
/// The read-only user store of Identity's passkey support: the "user" is the e-CPS whose token the request carries,
/// with its one key. Only services of Core write an e-CPS.
/// </summary>
internal sealed class DeviceKeyStore(PscDb db, IHttpContextAccessor accessor) : IUserPasskeyStore<ECps>
{
    /// <summary>The identifier of an e-CPS for Identity: the user handle of WebAuthn.</summary>
    public static string UserIdOf(ECps eCps) => System.Text.Encoding.UTF8.GetString(eCps.UserHandle);

    public Task<string> GetUserIdAsync(ECps user, CancellationToken cancellationToken) => Task.FromResult(UserIdOf(user));

    public Task<string?> GetUserNameAsync(ECps user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.NationalId);

    /// <summary>The e-CPS of the caller, or null while a key is being registered.</summary>
    public Task<ECps?> FindByIdAsync(string userId, CancellationToken cancellationToken) => Task.FromResult(
        accessor.HttpContext?.Features.Get<DeviceTokenResult>() is DeviceTokenResult.Active { ECps: var eCps } && UserIdOf(eCps) == userId
            ? eCps
            : null);

    /// <summary>No key is registered twice (WebAuthn, section 7.1, step 26), not even when its former e-CPS is inactive.</summary>
    public Task<ECps?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) =>
        db.ECps.AsNoTracking().SingleOrDefaultAsync(e => e.CredentialId == credentialId, cancellationToken);

    public Task<IList<UserPasskeyInfo>> GetPasskeysAsync(ECps user, CancellationToken cancellationToken) =>
        Task.FromResult<IList<UserPasskeyInfo>>([KeyOf(user)]);

    public Task<UserPasskeyInfo?> FindPasskeyAsync(ECps user, byte[] credentialId, CancellationToken cancellationToken) =>
        Task.FromResult(user.CredentialId.AsSpan().SequenceEqual(credentialId) ? KeyOf(user) : null);

    public void Dispose()
    {
    }

    private static UserPasskeyInfo KeyOf(ECps eCps) => new(
        eCps.CredentialId,
        eCps.PublicKey,
        eCps.ActivatedAt,
        (uint)eCps.SignCount,
        transports: null,
        isUserVerified: false,
        eCps.IsBackupEligible,
        isBackedUp: false,
        attestationObject: eCps.AttestationObject ?? [],
        clientDataJson: []);

    public Task AddOrUpdatePasskeyAsync(ECps user, UserPasskeyInfo passkey, CancellationToken cancellationToken) => throw ReadOnly();

    public Task RemovePasskeyAsync(ECps user, byte[] credentialId, CancellationToken cancellationToken) => throw ReadOnly();

    public Task<IdentityResult> CreateAsync(ECps user, CancellationToken cancellationToken) => throw ReadOnly();

    public Task<IdentityResult> UpdateAsync(ECps user, CancellationToken cancellationToken) => throw ReadOnly();

    public Task<IdentityResult> DeleteAsync(ECps user, CancellationToken cancellationToken) => throw ReadOnly();

    public Task SetUserNameAsync(ECps user, string? userName, CancellationToken cancellationToken) => throw ReadOnly();

    public Task<string?> GetNormalizedUserNameAsync(ECps user, CancellationToken cancellationToken) => throw ReadOnly();

    public Task SetNormalizedUserNameAsync(ECps user, string? normalizedName, CancellationToken cancellationToken) => throw ReadOnly();

    public Task<ECps?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => throw ReadOnly();

    private static NotSupportedException ReadOnly() => new("An e-CPS is written by the services of the Core, not by Identity.");
}
