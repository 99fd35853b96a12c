namespace ProSanteConnect.Core.Security;

/// <summary>The address and the browser of a request, as shown to its owner later.</summary>
/// <param name="IpAddress">The client's IP address.</param>
/// <param name="Browser">The browser as text, for example "Firefox sous Windows".</param>
/// <param name="UserAgentHash">The SHA-256 of the User-Agent header.</param>
public sealed record ClientContext(string IpAddress, string Browser, byte[] UserAgentHash);
