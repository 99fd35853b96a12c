namespace ProSanteConnect.Core.Delivery;

/// <summary>A phone's push subscription (RFC 8030, RFC 8291): where its push service is, and the keys that only the phone can open with.</summary>
/// <param name="ECpsId">The e-CPS that the subscription belongs to.</param>
/// <param name="Endpoint">The address the browser gave; it is a secret of the phone's.</param>
/// <param name="P256dh">The phone's public key, base64url.</param>
/// <param name="Auth">The phone's authentication secret, base64url.</param>
public sealed record PushAddress(Guid ECpsId, string Endpoint, string P256dh, string Auth)
{
    public override string ToString() => $"PushAddress({ECpsId})";
}
