using ProSanteConnect.Core.Authenticators;

namespace ProSanteConnect.Server.Devices.Passkeys;

/// <summary>What the phone has signed.</summary>
internal sealed record SignedCeremony(CeremonyPurpose Purpose, string Bound);
