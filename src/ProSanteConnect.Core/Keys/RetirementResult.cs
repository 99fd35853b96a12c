namespace ProSanteConnect.Core.Keys;

/// <summary>What became of a key that an operator distrusts.</summary>
public abstract record RetirementResult
{
    private RetirementResult()
    {
    }

    /// <summary>It is no longer published; the given key signs.</summary>
    public sealed record Removed(string SigningKid) : RetirementResult;

    public sealed record AlreadyRemoved : RetirementResult;

    public sealed record UnknownKey : RetirementResult;
}
