using System.ComponentModel.DataAnnotations;
using System.Formats.Cbor;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using ProSanteConnect.Core.Devices;
using ProSanteConnect.Server.Shared.Origins;

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

/// <summary>Which keys a phone may register (section <c>DeviceKey</c>).</summary>
internal sealed class DeviceKeyOptions
{
    /// <summary>
    /// Whether the authenticator must verify the user (fingerprint, face or device code): <c>preferred</c> (default), <c>required</c> or
    /// <c>discouraged</c>. The PIN of the e-CPS is asked in any case.
    /// </summary>
    [RegularExpression("preferred|required|discouraged", ErrorMessage = "DeviceKey:UserVerification is preferred, required or discouraged.")]
    public string UserVerification { get; set; } = "preferred";

    /// <summary>The attestation conveyance: <c>none</c> (default) or <c>direct</c>. An attestation statement is stored and not verified.</summary>
    [RegularExpression("none|direct", ErrorMessage = "DeviceKey:Attestation is none or direct.")]
    public string Attestation { get; set; } = "none";

    /// <summary>
    /// Whether the holder's platform may copy the key to their other devices, as iCloud and Google do. True by default: most
    /// phones create no other keys. The device token, which is never copied, still binds the e-CPS to one phone.
    /// </summary>
    public bool AllowSyncedKeys { get; set; } = true;
}

/// <summary>Attestation statement formats (the member <c>fmt</c> of an attestation object).</summary>
internal static class AttestationFormat
{
    /// <summary>No attestation (WebAuthn, section 8.7).</summary>
    public const string None = "none";

    private const int MaxLength = 40;

    public static string Of(byte[] attestationObject)
    {
        var reader = new CborReader(attestationObject);
        reader.ReadStartMap();
        while (reader.PeekState() != CborReaderState.EndMap)
        {
            if (reader.ReadTextString() == "fmt") return reader.ReadTextString() is { Length: <= MaxLength } format ? format : "unknown";

            reader.SkipValue();
        }

        return "unknown";
    }
}
