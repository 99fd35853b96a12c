namespace ProSanteConnect.Server.Delivery.Push;

/// <summary>Whether and how phones are woken (section <c>Push</c>).</summary>
internal sealed class PushOptions
{
    /// <summary>Whether push messages are sent. True by default; without them the app asks by itself while it is open.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// Whom a push service may tell of a problem (RFC 8292, section 2.1): a <c>mailto:</c> or https address. The wallet by
    /// default.
    /// </summary>
    public Uri? Contact { get; set; }
}
