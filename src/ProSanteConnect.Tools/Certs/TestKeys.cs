using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;

namespace ProSanteConnect.Tools.Certs;

/// <summary>
/// Makes keys, and spares them for cards: an RSA key takes a tenth of a second or more, so all test cards share two in
/// turn. Nothing that is checked depends on it, and browsers take it.
/// </summary>
internal sealed class TestKeys(params IEnumerable<Lazy<RSA>> kept)
{
    private const int Shared = 2;

    // Keys that were made on an earlier day are shared on.
    private readonly List<Lazy<RSA>> _cardKeys = [.. kept.Take(Shared)];
    private int _next;

    public static AsymmetricAlgorithm Create(CertificateProfile profile) => profile.KeyKind.Split(' ') switch
    {
        ["RSA", var bits] => RSA.Create(int.Parse(bits, CultureInfo.InvariantCulture)),
        ["EC", "P-256"] => ECDsa.Create(ECCurve.NamedCurves.nistP256),
        _ => throw new FormatException($"'{profile.KeyKind}' is no kind of key: RSA n, EC P-256."),
    };

    public Lazy<RSA> ForCard(CertificateProfile profile)
    {
        if (_cardKeys.Count < Shared)
            _cardKeys.Add(new Lazy<RSA>(Create(profile) as RSA ?? throw new UnreachableException("Cards have RSA keys.")));

        return _cardKeys[_next++ % _cardKeys.Count];
    }
}
