namespace ProSanteConnect.Core.Authenticators.Revocation;

/// <summary>Whether a certificate was revoked, as far as anybody could say.</summary>
public abstract record RevocationAnswer
{
    private RevocationAnswer()
    {
    }

    public sealed record Good : RevocationAnswer;

    public sealed record Revoked(DateTimeOffset Since) : RevocationAnswer;

    /// <param name="Doubt">Why nobody could say, as a code for the log.</param>
    public sealed record Unknown(string Doubt) : RevocationAnswer;
}
