using System.Security.Cryptography;

namespace ProSanteConnect.Server.Delivery.Push;

/// <summary>A point of P-256 as Web Push writes it: 4, x, y (uncompressed, SEC 1 section 2.3.3).</summary>
internal static class EcPoint
{
    private const int Size = 32;

    public static ECParameters Read(byte[] bytes) => bytes is [4, ..] && bytes.Length == 1 + 2 * Size
        ? new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = bytes[1..(1 + Size)], Y = bytes[(1 + Size)..] } }
        : throw new CryptographicException("No uncompressed point of P-256.");

    public static byte[] Write(ECParameters key) => [4, .. key.Q.X!, .. key.Q.Y!];
}
