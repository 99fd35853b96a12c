using System.Buffers.Text;
using System.Numerics;
using System.Security.Cryptography;
using System.Text.Json;
using Org.BouncyCastle.Asn1.Nist;
using ProSanteConnect.Core.Keys;

namespace ProSanteConnect.Server.Delivery.Push;

/// <summary>
/// How push services know us (VAPID, RFC 8292). The key pair is derived from the master key: the same on every node from the
/// first start on, and in no database (ADR 0030).
/// </summary>
internal sealed class VapidKeys : IDisposable
{
    private const string Purpose = "web-push-vapid";
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    private readonly ECDsa _key;

    public VapidKeys(MasterKey masterKey)
    {
        _key = ECDsa.Create(Derive(masterKey));
        PublicKey = Base64Url.EncodeToString(EcPoint.Write(_key.ExportParameters(includePrivateParameters: false)));
    }

    /// <summary>What the app subscribes with (<c>applicationServerKey</c>), base64url.</summary>
    public string PublicKey { get; }

    /// <summary>The value of the header <c>Authorization</c> for one push service.</summary>
    public string Authorization(Uri endpoint, string contact, DateTimeOffset now)
    {
        var header = Base64Url.EncodeToString("""{"typ":"JWT","alg":"ES256"}"""u8);
        var claims = Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(new
        {
            // RFC 8292, section 2: the origin of the push service, with its port where that is not the usual one.
            aud = endpoint.GetLeftPart(UriPartial.Authority),
            exp = (now + Lifetime).ToUnixTimeSeconds(),
            sub = contact,
        }));
        var signature = _key.SignData(System.Text.Encoding.ASCII.GetBytes($"{header}.{claims}"), HashAlgorithmName.SHA256);
        return $"vapid t={header}.{claims}.{Base64Url.EncodeToString(signature)}, k={PublicKey}";
    }

    public void Dispose() => _key.Dispose();

    // FIPS 186-5, A.2.1: 512 bits modulo n - 1, plus 1, so that every key is as likely as any other.
    private static ECParameters Derive(MasterKey masterKey)
    {
        var curve = NistNamedCurves.GetByName("P-256");
        var order = new BigInteger(curve.N.ToByteArrayUnsigned(), isUnsigned: true, isBigEndian: true);
        byte[] bits = [.. masterKey.Derive(Purpose + "-1"), .. masterKey.Derive(Purpose + "-2")];
        var scalar = (new BigInteger(bits, isUnsigned: true, isBigEndian: true) % (order - 1)) + 1;
        var d = new byte[32];
        var written = scalar.ToByteArray(isUnsigned: true, isBigEndian: true);
        written.CopyTo(d, d.Length - written.Length);

        var parameters = EcPoint.Read(curve.G.Multiply(new Org.BouncyCastle.Math.BigInteger(1, d)).Normalize().GetEncoded(compressed: false));
        parameters.D = d;
        return parameters;
    }
}
