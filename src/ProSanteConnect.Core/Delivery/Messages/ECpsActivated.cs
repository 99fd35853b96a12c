namespace ProSanteConnect.Core.Delivery.Messages;

/// <summary>The e-CPS is active. <c>Mode</c> is <c>card</c> or <c>contact-details</c>.</summary>
public sealed record ECpsActivated(string Holder, string DeviceName, [property: InWords] string Mode, DateTimeOffset At, DateTimeOffset ExpiresAt) : MailModel
{
    public const string Name = "e-cps-activated";

    public override string Template => Name;
}
