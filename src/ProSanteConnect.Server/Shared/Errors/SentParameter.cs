namespace ProSanteConnect.Server.Shared.Errors;

/// <summary>One parameter of a refused request, as its sender wrote it: text of a stranger.</summary>
internal sealed record SentParameter
{
    private const int MaxLength = 500;

    public SentParameter(string name, string value)
    {
        Name = name;
        Value = value.Length > MaxLength ? value[..MaxLength] + "…" : value;
    }

    public string Name { get; }
    public string Value { get; }
}
