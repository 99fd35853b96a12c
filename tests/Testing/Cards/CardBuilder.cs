using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ProSanteConnect.Core.Cards;
using ProSanteConnect.Tools.Certs;

namespace ProSanteConnect.Testing.Cards;

/// <summary>Makes a valid card certificate with the deviations of a test.</summary>
public sealed class CardBuilder
{
    private static readonly Lazy<RSA> DefaultKey = new(() => RSA.Create(2048));

    private CertificateProfile _profile = CertificateProfile.CardAuthentication;
    private CardHolder _holder;
    private TestAuthority? _issuer;
    private PublicKey? _key;
    private X509SignatureGenerator? _signer;

    private CardBuilder(CardHolder holder) => _holder = holder;

    public static CardBuilder Cps() => new(TestCards.Doctor);

    public static CardBuilder Cpe() => new(TestCards.Employee);

    public CardBuilder With(string line, string value) => Change(() => _profile = _profile.With(line, value));

    public CardBuilder Without(string line) => Change(() => _profile = _profile.Without(line));

    /// <summary>Adds an extension that the profile does not have.</summary>
    public CardBuilder Adding(string line, string value) => Change(() => _profile = _profile.Adding(line, value));

    public CardBuilder Like(CertificateProfile profile) => Change(() => _profile = profile);

    public CardBuilder For(string nationalId) => Change(() => _holder = _holder with { NationalId = nationalId });

    public CardBuilder From(TestAuthority issuer) => Change(() => _issuer = issuer);

    public CardBuilder WithKey(AsymmetricAlgorithm key) => WithKey(new PublicKey(key));

    public CardBuilder WithKey(PublicKey key) => Change(() => _key = key);

    public CardBuilder SignedBy(X509SignatureGenerator signer) => Change(() => _signer = signer);

    /// <summary>The signature of the issuer's key over a broken hash.</summary>
    public CardBuilder Hashed(HashAlgorithmName hash) => SignedBy(new BrokenHashSigner((_issuer ?? Issuer).Key, hash));

    /// <summary>Signed with its own key, whatever issuer it names.</summary>
    public CardBuilder SelfSigned() => SignedBy(X509SignatureGenerator.CreateForRSA(DefaultKey.Value, RSASignaturePadding.Pkcs1));

    public X509Certificate2 Make() => (_issuer ?? Issuer).Issue(
        _profile, TestCardFactory.ValuesOf(_holder, 0), _key ?? new PublicKey(DefaultKey.Value), TestCards.Now, _signer);

    public UnverifiedCertificate Present() => new(Make());

    private TestAuthority Issuer =>
        _holder.Kind is CpxKind.Cps or CpxKind.Cpf ? TestCards.Pki.FortPersons : TestCards.Pki.StandardPersons;

    private CardBuilder Change(Action change)
    {
        change();
        return this;
    }
}
