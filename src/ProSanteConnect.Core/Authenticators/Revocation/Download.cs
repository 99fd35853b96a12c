namespace ProSanteConnect.Core.Authenticators.Revocation;

/// <summary>What came of asking an address.</summary>
internal abstract record Download
{
    private Download()
    {
    }

    public sealed record Received(byte[] Bytes) : Download;

    public sealed record Failed(string Doubt) : Download;
}
