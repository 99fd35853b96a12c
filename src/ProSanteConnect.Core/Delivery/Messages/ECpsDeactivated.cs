namespace ProSanteConnect.Core.Delivery.Messages;

/// <summary>The e-CPS is inactive. <c>Reason</c> is one of the API's: <c>deleted</c>, <c>forgotten-pin</c>, <c>deactivated</c>, <c>delisted</c>, <c>operator</c>, <c>expired</c>.</summary>
public sealed record ECpsDeactivated(string Holder, string DeviceName, [property: InWords] string Reason, DateTimeOffset At) : MailModel
{
    public const string Name = "e-cps-deactivated";

    public override string Template => Name;
}
