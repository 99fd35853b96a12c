using Microsoft.Extensions.Logging;

namespace ProSanteConnect.Core.Authenticators.Revocation;

/// <summary>
/// The order of the house: OCSP first because it is of this minute, the CRL in memory when it cannot answer.
/// Revoked by either is revoked.
/// </summary>
public sealed class OcspThenCrl(OcspCheck ocsp, CrlStore crls, ILogger<OcspThenCrl> log) : IRevocationCheck
{
    public async Task<RevocationAnswer> CheckAsync(CertificateId certificate, DateTimeOffset now, CancellationToken ct)
    {
        var listed = crls.Find(certificate, now);
        if (listed is RevocationAnswer.Revoked) return listed;

        // While a responder is known to fail, a fresh list spares every sign-in the wait.
        if (listed is RevocationAnswer.Good && ocsp.IsPaused(certificate, now)) return listed;

        var asked = await ocsp.CheckAsync(certificate, now, ct);
        if (asked is not RevocationAnswer.Unknown(var ocspDoubt)) return asked;

        if (ocspDoubt != RevocationDoubt.NotConfigured) Log.OcspFailed(log, certificate.Issuer, ocspDoubt);
        if (listed is not RevocationAnswer.Unknown(var crlDoubt)) return listed;

        Log.NobodyCouldSay(log, certificate.Issuer, ocspDoubt, crlDoubt);
        return new RevocationAnswer.Unknown($"ocsp {ocspDoubt}, crl {crlDoubt}");
    }
}
