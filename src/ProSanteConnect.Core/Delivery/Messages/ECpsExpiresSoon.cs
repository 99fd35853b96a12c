namespace ProSanteConnect.Core.Delivery.Messages;

/// <summary>Sent 60, 30 and 7 days before the end.</summary>
public sealed record ECpsExpiresSoon(string Holder, string DeviceName, int Days, DateTimeOffset ExpiresAt) : MailModel
{
    public const string Name = "e-cps-expires-soon";

    public override string Template => Name;
}
