namespace ProSanteConnect.Server.Shared.Errors;

/// <summary>Put on a request whose form came from a page that is too old: the error page says so, and offers to start again.</summary>
internal sealed record StalePage;
