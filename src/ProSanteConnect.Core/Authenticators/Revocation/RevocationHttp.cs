namespace ProSanteConnect.Core.Authenticators.Revocation;

/// <summary>The outgoing door for CRLs and OCSP.</summary>
public static class RevocationHttp
{
    /// <summary>The key under which services find the door.</summary>
    public const string ServiceKey = "revocation";

    /// <summary>No redirects, no cookies, few headers, and a connection within the time that an answer may take.</summary>
    public static HttpMessageInvoker Create() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(3),
        MaxResponseHeadersLength = 16,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    });
}
