namespace ProSanteConnect.Server.Protocol.Origins;

/// <summary>
/// Which addresses this service has in the eyes of a caller. In production they are fixed by configuration; the sandbox
/// follows the origin that was called.
/// </summary>
public abstract class PublicOrigins
{
    private const string Realm = "/auth/realms/esante-wallet";

    /// <summary>The origin of the "auth" host, for example <c>https://auth.sante.example</c>.</summary>
    public abstract string Auth(HttpRequest request);

    /// <summary>The origin of the "wallet" host.</summary>
    public abstract string Wallet(HttpRequest request);

    /// <summary>The origin of the card listener.</summary>
    public abstract string Card(HttpRequest request);

    /// <summary>The wallet that a request at the card listener comes from and goes back to.</summary>
    public abstract string WalletBehind(HttpRequest cardRequest);

    /// <summary>The wallet that mails and SMS link to: from the configuration alone, whatever any request claimed (security-checklist T22).</summary>
    public abstract string WalletInMessages { get; }

    /// <summary>The domain that the phones' keys belong to (WebAuthn's RP ID), or null for that of each request.</summary>
    public virtual string? WalletDomain => null;

    /// <summary>The card listener's origin, as a link from a page of this request's wallet.</summary>
    public virtual string CardUrl(HttpRequest request, string path) => Card(request) + path;

    /// <summary>Whether tokens that name this issuer are ours.</summary>
    public abstract bool IsOurs(string issuer);

    /// <summary>The issuer identifier (psc-protocol §1, 1).</summary>
    public string Issuer(HttpRequest request) => Auth(request) + Realm;

    protected static string IssuerOf(string authOrigin) => authOrigin + Realm;
}
