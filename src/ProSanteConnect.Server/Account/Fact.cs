namespace ProSanteConnect.Server.Account;

/// <summary>A name and what stands beside it, on one line or more; a fact without a line is not shown.</summary>
internal sealed record Fact(string Name, IReadOnlyList<string> Lines)
{
    public Fact(string name, string line)
        : this(name, line.Length > 0 ? [line] : [])
    {
    }
}
