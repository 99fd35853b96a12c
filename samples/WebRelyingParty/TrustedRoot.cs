using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace WebRelyingParty;

/// <summary>Trusts the one authority whose certificate is in a file, and nobody else: the sandbox makes its own.</summary>
internal static class TrustedRoot
{
    private static readonly Oid ServerAuthentication = new("1.3.6.1.5.5.7.3.1");

    public static SocketsHttpHandler Handler(string pemFile) => new()
    {
        SslOptions =
        {
            RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
                certificate is X509Certificate2 server && IsTrusted(server, chain, errors, pemFile),
        },
    };

    private static bool IsTrusted(X509Certificate2 server, X509Chain? presented, SslPolicyErrors errors, string pemFile)
    {
        // Only the chain is judged anew: the certificate must bear the host name that was called.
        if ((errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.None) return false;

        // The file is read for each connection, because the sandbox may be started, or made afresh, after us.
        using var root = X509Certificate2.CreateFromPem(File.ReadAllText(pemFile));
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(root);
        chain.ChainPolicy.ApplicationPolicy.Add(ServerAuthentication);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        foreach (var element in presented!.ChainElements) chain.ChainPolicy.ExtraStore.Add(element.Certificate);

        return chain.Build(server);
    }
}
