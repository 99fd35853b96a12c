namespace ProSanteConnect.Core.Authenticators;

/// <summary>A PIN that the policy let pass; only such a one can be stored.</summary>
public sealed class NewPin
{
    internal NewPin(string value) => Value = value;

    internal string Value { get; }

    public override string ToString() => "NewPin(***)";
}
