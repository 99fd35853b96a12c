using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using ProSanteConnect.Core.Authenticators;
using ProSanteConnect.Server.Protocol.Origins;

namespace ProSanteConnect.Server.Devices.Passkeys;

internal static class PasskeysFeature
{
    public static IServiceCollection AddPasskeys(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<DeviceKeyOptions>().BindConfiguration("DeviceKey").ValidateDataAnnotations();
        services.AddIdentityCore<ECps>().AddUserStore<DeviceKeyStore>();
        services.AddScoped<IPasskeyHandler<ECps>, PasskeyHandler<ECps>>();
        services.AddScoped<DeviceKeys>();
        services.AddOptions<IdentityPasskeyOptions>().Configure<IOptions<DeviceKeyOptions>, IOptions<ECpsOptions>, PublicOrigins>(
            (passkeys, key, eCps, origins) =>
            {
                passkeys.ServerDomain = origins.WalletDomain;
                passkeys.AuthenticatorTimeout = eCps.Value.CeremonyLifetime;
                passkeys.UserVerificationRequirement = key.Value.UserVerification;
                passkeys.AttestationConveyancePreference = key.Value.Attestation;
                passkeys.ResidentKeyRequirement = "discouraged";
                passkeys.ValidateOrigin = context => ValueTask.FromResult(
                    !context.CrossOrigin && context.Origin == origins.Wallet(context.HttpContext.Request));
            });
        return services;
    }
}
