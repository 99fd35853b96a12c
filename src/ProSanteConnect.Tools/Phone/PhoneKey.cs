using System.Buffers.Text;
using System.Security.Cryptography;

namespace ProSanteConnect.Tools.Phone;

/// <summary>The key of a phone: a WebAuthn credential on P-256.</summary>
/// <param name="CredentialId">What the server calls the key by.</param>
/// <param name="Pkcs8">The private key. A real phone never lets it out.</param>
/// <param name="Counter">How often it has signed.</param>
public sealed record PhoneKey(byte[] CredentialId, byte[] Pkcs8, uint Counter)
{
    /// <summary>The identifier as WebAuthn's JSON spells it.</summary>
    internal string Id => Base64Url.EncodeToString(CredentialId);

    public static PhoneKey Generate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new PhoneKey(RandomNumberGenerator.GetBytes(32), key.ExportPkcs8PrivateKey(), Counter: 0);
    }

    /// <summary>The key, ready to sign; the caller disposes it.</summary>
    public ECDsa Open()
    {
        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(Pkcs8, out _);
        return key;
    }

    public override string ToString() => $"{nameof(PhoneKey)}({Id})";
}
