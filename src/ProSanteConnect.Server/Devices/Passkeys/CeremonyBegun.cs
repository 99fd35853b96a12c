using System.Text.Json;

namespace ProSanteConnect.Server.Devices.Passkeys;

/// <summary>What the phone is asked to do with its key.</summary>
/// <param name="Ceremony">To be sent back with the answer; good once, for two minutes.</param>
/// <param name="PublicKey">WebAuthn's options in their JSON form (<c>PublicKeyCredentialCreationOptionsJSON</c> or <c>PublicKeyCredentialRequestOptionsJSON</c>).</param>
internal sealed record CeremonyBegun(Guid Ceremony, JsonElement PublicKey);
