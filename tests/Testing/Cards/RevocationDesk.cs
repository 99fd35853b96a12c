using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using ProSanteConnect.Core.Cards;
using ProSanteConnect.Core.Cards.Checks;
using ProSanteConnect.Core.Cards.Revocation;
using ProSanteConnect.Tools.Certs;

namespace ProSanteConnect.Testing.Cards;

/// <summary>OCSP, CRLs and the verifier over them, wired as the server wires them.</summary>
public sealed class RevocationDesk : IDisposable
{
    private readonly HttpMessageInvoker _http;

    public RevocationDesk(CardOptions options, TrustedAuthorities? authorities = null, IWebProxy? proxy = null)
    {
        _http = RevocationHttp.Create(proxy);
        var trusted = authorities ?? TestCards.Authorities;
        var addresses = new RevocationAddresses(trusted, options);
        Crls = new CrlStore(addresses, options, _http);
        Ocsp = new OcspCheck(addresses, Crls, options, _http);
        Both = new OcspThenCrl(Ocsp, Crls, NullLogger<OcspThenCrl>.Instance);
        Verifier = new CardVerifier(trusted, options, addresses, Both);
    }

    public CrlStore Crls { get; }
    public OcspCheck Ocsp { get; }
    public OcspThenCrl Both { get; }
    public CardVerifier Verifier { get; }

    /// <summary>Options that ask about cards of one authority at these addresses.</summary>
    public static CardOptions Asking(TestAuthority authority, Uri? ocsp = null, string? crl = null)
    {
        var options = TestCards.Options();
        options.RevocationSources.Add(new RevocationSource { Issuer = authority.Name, Ocsp = ocsp, Crl = crl });
        return options;
    }

    public Task<CardVerification> VerifyAsync(UnverifiedCertificate? presented, DateTimeOffset? at = null) =>
        Verifier.VerifyAsync(presented, at ?? TestCards.Now, CancellationToken.None);

    public Task<IReadOnlyList<CrlRefresh>> RefreshAsync(DateTimeOffset? at = null) =>
        Crls.RefreshAsync(at ?? TestCards.Now, CancellationToken.None);

    public void Dispose() => _http.Dispose();
}
