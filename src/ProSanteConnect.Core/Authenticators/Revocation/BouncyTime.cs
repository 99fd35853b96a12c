namespace ProSanteConnect.Core.Authenticators.Revocation;

/// <summary>The instants of CRLs and OCSP answers, which BouncyCastle gives as bare UTC.</summary>
internal static class BouncyTime
{
    /// <summary>By how much the clock of an authority may be ahead of ours.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    public static DateTimeOffset Of(DateTime utc) => new(DateTime.SpecifyKind(utc, DateTimeKind.Utc));
}
