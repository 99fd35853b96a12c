using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Devices;

namespace ProSanteConnect.Server.Devices.Passkeys;

/// <summary>
/// Shows the e-CPS to Identity's passkey support, which only ever reads: the "user" is the e-CPS whose token the call presents,
/// with its one key. The services of the Core write e-CPS.
/// </summary>
internal sealed class DeviceKeyStore(PscDb db, IHttpContextAccessor accessor) : IUserPasskeyStore<ECps>
{
    /// <summary>The identifier that Identity knows an e-CPS by: WebAuthn's user handle.</summary>
    public static string UserIdOf(ECps eCps) => System.Text.Encoding.UTF8.GetString(eCps.UserHandle);

    public Task<string> GetUserIdAsync(ECps user, CancellationToken cancellationToken) => Task.FromResult(UserIdOf(user));

    public Task<string?> GetUserNameAsync(ECps user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.NationalId);

    /// <summary>The caller's e-CPS and no other; none while a key is being registered.</summary>
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
