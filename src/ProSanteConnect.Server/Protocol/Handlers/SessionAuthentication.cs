using ProSanteConnect.Core.SignIn;

namespace ProSanteConnect.Server.Protocol.Handlers;

/// <summary>The session that answers an authorization request, and the level that the ID token will echo.</summary>
internal sealed record SessionAuthentication(Session Session, string Acr);
