namespace ProSanteConnect.Core.Security;

/// <summary>The browser at the other end, as its owner would recognise it later.</summary>
/// <param name="IpAddress">The client's address.</param>
/// <param name="Browser">The browser in words, for example "Firefox sous Windows".</param>
/// <param name="UserAgentHash">SHA-256 of the User-Agent header.</param>
public sealed record ClientContext(string IpAddress, string Browser, byte[] UserAgentHash);
