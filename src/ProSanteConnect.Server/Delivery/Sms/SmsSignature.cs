using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ProSanteConnect.Server.Delivery.Sms;

/// <summary>How a gateway knows that a request is ours, whole and fresh; <c>docs/operators.md</c> describes it for its author.</summary>
internal static class SmsSignature
{
    public const string TimestampHeader = "X-PSC-Timestamp";
    public const string SignatureHeader = "X-PSC-Signature";

    /// <summary>Seconds since 1970.</summary>
    public static string Timestamp(DateTimeOffset now) => now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    /// <summary><c>v1=</c> and HMAC-SHA-256 over timestamp, full stop and body, in hexadecimal.</summary>
    public static string Of(string secret, string timestamp, byte[] body)
    {
        byte[] signed = [.. Encoding.ASCII.GetBytes(timestamp + "."), .. body];
        return "v1=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed));
    }
}
