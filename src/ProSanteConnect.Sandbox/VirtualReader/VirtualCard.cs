namespace ProSanteConnect.Sandbox.VirtualReader;

/// <summary>A test card as the virtual reader offers it.</summary>
/// <param name="Id">The name of the card in the test PKI.</param>
/// <param name="Holder">Who holds it.</param>
/// <param name="Kind">CPS, CPF, CPE or CPA.</param>
/// <param name="Profession">The title on the card.</param>
/// <param name="Speciality">What is particular about it, in French; empty for an ordinary card.</param>
public sealed record VirtualCard(string Id, string Holder, string Kind, string Profession, string Speciality);
