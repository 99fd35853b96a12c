namespace ProSanteConnect.Server.SignIn;

/// <summary>What another host may add to the sign-in page; set by code, never by configuration.</summary>
internal sealed class SignInPageOptions
{
    /// <summary>Partial views that stand in the tab "Carte CPS", each with the sign-in request as its model.</summary>
    public IList<string> CardPartials { get; } = [];
}
