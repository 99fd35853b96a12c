namespace ProSanteConnect.Core.Authenticators;

/// <summary>Whether an e-CPS is good for anything. Expiry is asked at an instant and never stored.</summary>
public enum ECpsStatus
{
    Active,
    Inactive,
}
