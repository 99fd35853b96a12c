namespace ProSanteConnect.Core.Authenticators.Revocation;

/// <summary>Why a source of revocation could not answer. The codes appear in logs and metrics.</summary>
internal static class RevocationDoubt
{
    public const string NotConfigured = "not-configured";
    public const string Unreachable = "unreachable";
    public const string TimedOut = "timed-out";
    public const string TooLarge = "too-large";
    public const string Unreadable = "unreadable";
    public const string Refused = "refused";
    public const string WeakSignature = "weak-signature";
    public const string WrongSigner = "wrong-signer";
    public const string WrongIssuer = "wrong-issuer";
    public const string WrongCertificate = "wrong-certificate";
    public const string WrongNonce = "wrong-nonce";
    public const string FromTheFuture = "from-the-future";
    public const string Stale = "stale";
    public const string Partial = "partial";
    public const string Older = "older-than-held";
    public const string NotLoaded = "not-loaded";
    public const string NotRefreshed = "not-refreshed";
    public const string UnknownToResponder = "unknown-to-responder";
}
