using System.Security.Cryptography.X509Certificates;

namespace ProSanteConnect.Core.Authenticators.Verification;

/// <summary>A certificate on its way through the checks, and what it says of itself.</summary>
internal sealed record PresentedCard(X509Certificate2 Certificate, CpxCertificate Says);
