namespace ProSanteConnect.Core.Delivery.Messages;

/// <summary>An e-CPS was activated by contact details: told on the other channel too (security-checklist T5).</summary>
public sealed record ActivationNoticeSms(DateTimeOffset At) : SmsModel
{
    public const string Name = "activation-notice-sms";

    public override string Template => Name;
}
