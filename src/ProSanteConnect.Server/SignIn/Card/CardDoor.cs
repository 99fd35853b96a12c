using ProSanteConnect.Core.SignIn;
using ProSanteConnect.Server.Protocol.Origins;

namespace ProSanteConnect.Server.SignIn.Card;

/// <summary>The way to the card listener and back.</summary>
internal sealed class CardDoor(IHttpContextAccessor accessor, PublicOrigins origins)
{
    public const string Route = "/carte/{demande:guid}";

    /// <summary>The address to which the button «Se connecter avec la carte CPS» leads: a plain link, without a script.</summary>
    public string UrlFor(SignInRequest request) => origins.CardUrl(accessor.HttpContext!.Request, $"/carte/{request.Id}");
}
