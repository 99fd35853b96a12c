namespace ProSanteConnect.Core.Authenticators.Revocation;

/// <summary>What the bytes of an OCSP answer came to.</summary>
internal abstract record OcspReading
{
    private OcspReading()
    {
    }

    /// <param name="Answer">What the responder says.</param>
    /// <param name="Until">How long it says so.</param>
    public sealed record Accepted(RevocationAnswer Answer, DateTimeOffset Until) : OcspReading;

    public sealed record Rejected(string Doubt) : OcspReading;
}
