namespace ProSanteConnect.Core.RelyingParties;

/// <summary>Why a client cannot be registered as it stands; the operator reads the sentence.</summary>
/// <param name="Property">The property at fault, as <c>clients.json</c> spells it.</param>
/// <param name="Sentence">What is wrong, in French, with the value found.</param>
public sealed record ClientFailure(string Property, string Sentence)
{
    public override string ToString() => $"{Property} : {Sentence}";
}
