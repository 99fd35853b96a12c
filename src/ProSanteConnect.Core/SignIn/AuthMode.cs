namespace ProSanteConnect.Core.SignIn;

/// <summary>How the practitioner proved who they are (wire: the claim <c>authMode</c>, in capital letters).</summary>
public enum AuthMode
{
    Card,
    Mobile,
}
