namespace ProSanteConnect.Core.Practitioners;

/// <summary>What came of looking for an RPPS number by mail address and telephone number.</summary>
public abstract record RppsSearchResult
{
    private RppsSearchResult() { }

    /// <summary>The number alone: neither name nor profession is told.</summary>
    public sealed record Found(string Rpps) : RppsSearchResult;

    /// <summary>No match, or more than one: the caller tells them apart in nothing.</summary>
    public sealed record NotFound : RppsSearchResult;

    /// <summary>No mail address, or no telephone number.</summary>
    public sealed record Malformed : RppsSearchResult;
}
