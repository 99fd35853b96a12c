using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using ProSanteConnect.Server.Shared.Http;
using ProSanteConnect.Server.Shared.Text;

namespace ProSanteConnect.Server.Tests.Operation;

public sealed class RequestOrigins
{
    [Theory]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0", "Firefox sous Windows")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0", "Firefox sous Linux")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36", "Chrome sous Windows")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0", "Edge sous Windows")]
    [InlineData("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Safari/605.1.15", "Safari sous macOS")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1", "Safari sous iOS")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/141.0.0.0 Mobile/15E148 Safari/604.1", "Chrome sous iOS")]
    [InlineData("Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36", "Chrome sous Android")]
    [InlineData("Mozilla/5.0 (Android 14; Mobile; rv:143.0) Gecko/143.0 Firefox/143.0", "Firefox sous Android")]
    [InlineData("curl/8.9.1", "Navigateur inconnu")]
    [InlineData("", "Navigateur inconnu")]
    [InlineData(null, "Navigateur inconnu")]
    public void A_browser_is_named_as_its_owner_would(string? userAgent, string expected) => Assert.Equal(expected, BrowserName.Of(userAgent));

    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7")]
    [InlineData("2001:db8::1", "2001:db8::1")]
    [InlineData("fe80::1%3", "fe80::1")]
    public void One_address_has_one_spelling(string peer, string expected)
    {
        var context = new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Parse(peer) } };

        Assert.Equal(expected, context.ClientContext().IpAddress);
    }

    [Fact]
    public void The_user_agent_itself_is_kept_as_a_hash_only()
    {
        var context = new DefaultHttpContext { Request = { Headers = { UserAgent = "curl/8.9.1" } } };

        var origin = context.ClientContext();

        Assert.Equal(SHA256.HashData(Encoding.UTF8.GetBytes("curl/8.9.1")), origin.UserAgentHash);
        Assert.Equal("", origin.IpAddress);
    }
}
