namespace ProSanteConnect.Core.Delivery.Messages;

/// <summary>A new activation was completed, and has ended the e-CPS of the former phone.</summary>
public sealed record ECpsReplaced(string Holder, string FormerDevice, string DeviceName, DateTimeOffset At) : MailModel
{
    public const string Name = "e-cps-replaced";

    public override string Template => Name;
}
