using System.Text;
using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Delivery;
using ProSanteConnect.Core.Security;

namespace ProSanteConnect.Core.Devices;

/// <summary>Stores, opens and ends the push subscriptions of phones.</summary>
public sealed class PushSubscriptions(PscDb db, MasterKey masterKey)
{
    /// <summary>The address to push to for an e-CPS, or null when its phone has no subscription.</summary>
    public PushAddress? AddressOf(ECps eCps) => PushSubscription.Of(eCps, masterKey) is { } subscription
        ? new PushAddress(eCps.Id, subscription.Endpoint, subscription.P256dh, subscription.Auth)
        : null;

    /// <summary>Stores the subscription of an active e-CPS; null ends it.</summary>
    public async Task SubscribeAsync(Guid eCps, PushSubscription? subscription, CancellationToken ct)
    {
        (byte[]? endpoint, byte[]? key, byte[]? auth) = subscription?.Seal(masterKey) ?? default;
        var active = ECpsLifeCycle.AllowedFrom(ECpsTrigger.Use);
        await db.ECps.Where(e => e.Id == eCps && active.Contains(e.Status)).ExecuteUpdateAsync(
            set => set.SetProperty(e => e.PushEndpoint, endpoint).SetProperty(e => e.PushKey, key).SetProperty(e => e.PushAuth, auth), ct);
    }

    /// <summary>Ends a subscription that the push service reports as gone, unless the phone has made another one meanwhile.</summary>
    public async Task ForgetAsync(PushAddress gone, CancellationToken ct)
    {
        var eCps = await db.ECps.ReadAsync(gone.ECpsId, ct);
        if (eCps is null || PushSubscription.Of(eCps, masterKey)?.Endpoint != gone.Endpoint) return;

        var present = eCps.PushEndpoint;
        await db.ECps.Where(e => e.Id == eCps.Id && e.PushEndpoint == present).ExecuteUpdateAsync(
            set => set
                .SetProperty(e => e.PushEndpoint, (byte[]?)null)
                .SetProperty(e => e.PushKey, (byte[]?)null)
                .SetProperty(e => e.PushAuth, (byte[]?)null),
            ct);
    }
}

/// <summary>Where and how to push to a phone (RFC 8030, RFC 8291); the keys are in base64url, as the browser gives them.</summary>
public sealed record PushSubscription(string Endpoint, string P256dh, string Auth)
{
    /// <summary>The purpose under which the three parts are sealed.</summary>
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
