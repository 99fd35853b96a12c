namespace ProSanteConnect.Core.Delivery.Messages;

/// <summary>A sign-in from a browser that was never seen with this person.</summary>
public sealed record SignedInFromNewBrowser(string Holder, string Application, string Browser, string Place, DateTimeOffset At) : MailModel
{
    public const string Name = "signed-in-from-new-browser";

    public override string Template => Name;
}
