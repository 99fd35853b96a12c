namespace ProSanteConnect.Core.Delivery.Messages;

/// <summary>Three wrong PINs in a row have made the e-CPS inactive.</summary>
public sealed record ECpsBlocked(string Holder, string DeviceName, DateTimeOffset At) : MailModel
{
    public const string Name = "e-cps-blocked";

    public override string Template => Name;
}
