namespace ProSanteConnect.Server.Delivery;

/// <summary>What messages look like (section <c>Delivery</c>).</summary>
internal sealed class DeliveryOptions
{
    /// <summary>
    /// A folder whose files replace ours of the same name (<c>activation-qr.fr.html</c> …); none by default. A file of an
    /// unknown name, or with an unknown placeholder, stops the start.
    /// </summary>
    public string? TemplatesFolder { get; set; }
}
