namespace ProSanteConnect.Tools.Phone;

/// <summary>The server asks for a new key; the answer names the ceremony.</summary>
public sealed record CreationCeremony(string Ceremony, CreationOptions PublicKey);

/// <summary>The server asks for a signature; the answer names the ceremony.</summary>
public sealed record RequestCeremony(string Ceremony, RequestOptions PublicKey);

/// <summary>The answer to a <see cref="CreationCeremony"/>, with the key that only the phone has.</summary>
public sealed record NewKey(string Ceremony, RegistrationResponse Credential, PhoneKey Key);

/// <summary>The answer to a <see cref="RequestCeremony"/>.</summary>
public sealed record Proof(string Ceremony, AuthenticationResponse Assertion);
