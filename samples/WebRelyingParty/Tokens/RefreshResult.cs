namespace WebRelyingParty.Tokens;

internal abstract record RefreshResult
{
    private RefreshResult() { }

    public sealed record Refreshed : RefreshResult;

    /// <summary>The provider takes the refresh token no more: its session is over, and so is ours.</summary>
    public sealed record SessionEnded : RefreshResult;

    /// <summary>The provider could not be asked, or gave an answer that is not to be relied on; the tokens are as before.</summary>
    public sealed record Failed(string Reason) : RefreshResult;
}
