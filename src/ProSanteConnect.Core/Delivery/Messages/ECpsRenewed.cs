namespace ProSanteConnect.Core.Delivery.Messages;

/// <summary>The e-CPS holds for three more years.</summary>
public sealed record ECpsRenewed(string Holder, string DeviceName, DateTimeOffset ExpiresAt) : MailModel
{
    public const string Name = "e-cps-renewed";

    public override string Template => Name;
}
