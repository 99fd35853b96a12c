namespace ProSanteConnect.Core.Delivery;

/// <summary>The ways to reach a holder.</summary>
public enum Channel
{
    Mail,
    Sms,
    Push,
}
