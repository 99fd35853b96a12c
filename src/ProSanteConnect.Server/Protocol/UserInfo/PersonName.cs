namespace ProSanteConnect.Server.Protocol.UserInfo;

internal sealed record PersonName(string GivenName, string FamilyName);
