namespace ProSanteConnect.Core.Practitioners;

/// <summary>Another identifier of the same person (wire: <c>otherIds[]</c> with identifiant, origine, qualite).</summary>
public sealed record AlternativeIdentifier(string Value, string Origin, int Quality);
