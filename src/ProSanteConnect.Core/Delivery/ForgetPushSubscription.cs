namespace ProSanteConnect.Core.Delivery;

/// <summary>Called when a push service says that a subscription is gone (RFC 8030, section 7.3); only that very one is forgotten.</summary>
public delegate Task ForgetPushSubscription(PushAddress gone, CancellationToken ct);
