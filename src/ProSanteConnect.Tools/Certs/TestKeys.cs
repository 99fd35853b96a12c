using System.Diagnostics;
using System.Security.Cryptography;

namespace ProSanteConnect.Tools.Certs;

/// <summary>
/// Makes keys, and spares them for cards: an RSA key takes a tenth of a second or more, so all test cards share a few
/// in turn. Nothing that is checked depends on it.
/// </summary>
internal sealed class TestKeys
{
    private const int Shared = 4;

    private readonly List<RSA> _cardKeys = [];
    private int _next;

    public static AsymmetricAlgorithm Create(CertificateProfile profile) => profile.KeyKind.Split(' ') switch
    {
        ["RSA", var bits] => RSA.Create(int.Parse(bits, System.Globalization.CultureInfo.InvariantCulture)),
        ["EC", "P-256"] => ECDsa.Create(ECCurve.NamedCurves.nistP256),
        _ => throw new FormatException($"'{profile.KeyKind}' is no kind of key: RSA n, EC P-256."),
    };

    /// <summary>Keys that were made on an earlier day are shared on.</summary>
    public void Keep(RSA key)
    {
        if (_cardKeys.Count < Shared) _cardKeys.Add(key);
    }

    public RSA ForCard(CertificateProfile profile)
    {
        if (_cardKeys.Count < Shared) _cardKeys.Add(Create(profile) as RSA ?? throw new UnreachableException("Cards have RSA keys."));

        return _cardKeys[_next++ % _cardKeys.Count];
    }
}
