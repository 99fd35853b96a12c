namespace ProSanteConnect.Core.SignIn;

/// <summary>Where a grant stands: its code waits, its tokens live, or it is over.</summary>
public enum GrantStatus
{
    CodeIssued,
    Active,
    Ended,
}
