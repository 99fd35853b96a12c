namespace ProSanteConnect.Core.Authenticators.Revocation;

/// <summary>What became of one CRL when it was fetched, for the log, the metrics and the health check.</summary>
public abstract record CrlRefresh
{
    private CrlRefresh(string issuer) => Issuer = issuer;

    public string Issuer { get; init; }

    public sealed record Loaded(string Issuer, int Revocations, DateTimeOffset NextUpdate) : CrlRefresh(Issuer);

    /// <summary>What was held before is still held, within its term.</summary>
    public sealed record Failed(string Issuer, string Doubt) : CrlRefresh(Issuer);
}
