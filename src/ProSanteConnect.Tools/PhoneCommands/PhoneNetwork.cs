using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace ProSanteConnect.Tools.PhoneCommands;

/// <summary>The real network.</summary>
internal static class PhoneNetwork
{
    public static HttpMessageHandler Open(X509Certificate2Collection? authorities)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false, // the API never redirects, and a token must not travel
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.All,
            ConnectTimeout = TimeSpan.FromSeconds(10),
        };
        if (authorities is not null) handler.SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = Trusting(authorities) };
        return handler;
    }

    // These authorities and no other; names and dates are still checked.
    private static X509ChainPolicy Trusting(X509Certificate2Collection authorities)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(authorities);
        return policy;
    }
}
