namespace ProSanteConnect.Core.Delivery.Messages;

/// <summary>Somebody asks the holder to approve a sign-in.</summary>
public sealed record SignInRequestWaits(Guid Request) : PushModel
{
    public const string Name = "sign-in-request";

    public override string Template => Name;

    public override Guid Subject => Request;
}
