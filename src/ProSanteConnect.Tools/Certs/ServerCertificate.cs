using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace ProSanteConnect.Tools.Certs;

/// <summary>The certificate of a TLS server, with its key, and the authority to send along with it.</summary>
public sealed class ServerCertificate(X509Certificate2 certificate, X509Certificate2 issuer)
{
    public X509Certificate2 Certificate { get; } = certificate;

    /// <summary>What goes between the certificate and the root that the browser knows.</summary>
    public X509Certificate2Collection Intermediates => [issuer];

    /// <summary>Whether it can be used a while longer for exactly these names.</summary>
    internal bool Serves(IReadOnlyList<string> names, DateTimeOffset until) =>
        Certificate.NotAfter > until
        && Certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().Any(e =>
            e.EnumerateDnsNames().Concat(e.EnumerateIPAddresses().Select(a => a.ToString())).ToHashSet(StringComparer.OrdinalIgnoreCase)
                .SetEquals(names));

    internal static string AlternativeNames(IReadOnlyList<string> names) =>
        string.Join(", ", names.Select(n => IPAddress.TryParse(n, out _) ? $"IP:{n}" : $"DNS:{n}"));
}
