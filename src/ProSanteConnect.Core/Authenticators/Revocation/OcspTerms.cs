namespace ProSanteConnect.Core.Authenticators.Revocation;

/// <summary>On which terms an OCSP answer is believed.</summary>
/// <param name="NonceRequired">Whether it must repeat our nonce.</param>
/// <param name="IsRevoked">Whether a delegate's certificate is known to be revoked.</param>
internal sealed record OcspTerms(bool NonceRequired, Func<CertificateId, bool> IsRevoked);
