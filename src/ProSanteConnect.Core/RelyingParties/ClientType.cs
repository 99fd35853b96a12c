namespace ProSanteConnect.Core.RelyingParties;

/// <summary>RFC 6749, section 2.1.</summary>
public enum ClientType
{
    Confidential,
    Public,
}
