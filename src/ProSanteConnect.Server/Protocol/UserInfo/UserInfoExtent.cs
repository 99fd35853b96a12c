namespace ProSanteConnect.Server.Protocol.UserInfo;

/// <summary>How much of a practitioner a token may see.</summary>
internal enum UserInfoExtent
{
    Identifiers,
    Names,
    Everything,
}
