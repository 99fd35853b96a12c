namespace ProSanteConnect.Core.Authenticators;

/// <summary>Where and how to push to a phone (RFC 8030, RFC 8291); keys in base64url, as the browser gives them.</summary>
public sealed record PushSubscription(string Endpoint, string P256dh, string Auth)
{
    /// <summary>What the three are sealed for.</summary>
    internal const string Purpose = "push-subscriptions";

    public override string ToString() => "PushSubscription(***)";
}
