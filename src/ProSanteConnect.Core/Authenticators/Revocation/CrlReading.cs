namespace ProSanteConnect.Core.Authenticators.Revocation;

/// <summary>What the bytes of a CRL came to.</summary>
internal abstract record CrlReading
{
    private CrlReading()
    {
    }

    public sealed record Accepted(Crl Crl) : CrlReading;

    public sealed record Rejected(string Doubt) : CrlReading;
}
