namespace ProSanteConnect.Core.SignIn;

/// <summary>A living session and the names of the relying parties it signed in to.</summary>
public sealed record OpenSession(Session Session, IReadOnlyList<string> Applications);
