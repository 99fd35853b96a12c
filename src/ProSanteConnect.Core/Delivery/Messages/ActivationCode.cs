namespace ProSanteConnect.Core.Delivery.Messages;

/// <summary>The code that is typed in the phone (B6).</summary>
public sealed record ActivationCode(string Code, int Minutes) : SmsModel
{
    public const string Name = "activation-code";

    public override string Template => Name;
}
