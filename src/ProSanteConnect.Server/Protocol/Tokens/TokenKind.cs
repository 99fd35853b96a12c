namespace ProSanteConnect.Server.Protocol.Tokens;

/// <summary>What a token is, as its claim <c>typ</c> says (psc-protocol §4.3).</summary>
internal enum TokenKind
{
    Bearer,
    Refresh,
    ID,
}
