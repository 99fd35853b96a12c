namespace ProSanteConnect.Core.Authenticators.Revocation;

/// <summary>Somebody who knows whether a certificate was revoked: an OCSP responder, a CRL, or the one and then the other.</summary>
public interface IRevocationCheck
{
    Task<RevocationAnswer> CheckAsync(CertificateId certificate, DateTimeOffset now, CancellationToken ct);
}
