using System.Text;
using ProSanteConnect.Core.Security;

namespace ProSanteConnect.Core.Devices;

/// <summary>Where and how to push to a phone (RFC 8030, RFC 8291); keys in base64url, as the browser gives them.</summary>
public sealed record PushSubscription(string Endpoint, string P256dh, string Auth)
{
    /// <summary>What the three are sealed for.</summary>
    private const string Purpose = "push-subscriptions";

    /// <summary>The subscription of an e-CPS, or null when its phone has none.</summary>
    public static PushSubscription? Of(ECps eCps, MasterKey masterKey)
    {
        return eCps is { PushEndpoint: { } endpoint, PushKey: { } key, PushAuth: { } auth }
            ? new PushSubscription(Open(endpoint), Open(key), Open(auth))
            : null;

        string Open(byte[] sealedText) => Encoding.UTF8.GetString(masterKey.Open(Purpose, sealedText));
    }

    internal (byte[] Endpoint, byte[] Key, byte[] Auth) Seal(MasterKey masterKey)
    {
        return (Seal(Endpoint), Seal(P256dh), Seal(Auth));

        byte[] Seal(string text) => masterKey.Seal(Purpose, Encoding.UTF8.GetBytes(text));
    }

    public override string ToString() => "PushSubscription(***)";
}
