namespace ProSanteConnect.Server.Devices.Holding;

/// <summary>A sign-in that waits for the holder's answer: who asks, with which browser, from where and since when.</summary>
/// <param name="Id">To be answered with.</param>
/// <param name="Application">The relying party's name, or the portal's.</param>
/// <param name="Browser">The browser on the computer, in words.</param>
/// <param name="Place">The network address it comes from.</param>
/// <param name="StartedAt">When the sign-in began.</param>
/// <param name="ExpiresAt">Until when it may be answered.</param>
/// <param name="KnownBrowser">Whether the holder signed in with that browser before.</param>
internal sealed record RequestView(
    Guid Id, string Application, string Browser, string Place, DateTimeOffset StartedAt, DateTimeOffset ExpiresAt, bool KnownBrowser);

internal sealed record RequestList(IReadOnlyList<RequestView> Requests);
