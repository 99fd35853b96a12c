namespace ProSanteConnect.Core.Delivery;

/// <summary>Whether a dead letter waits again.</summary>
public abstract record SendAgainResult
{
    private SendAgainResult() { }

    public sealed record Waiting : SendAgainResult;

    public sealed record Unknown : SendAgainResult;

    /// <summary>It is no dead letter.</summary>
    public sealed record NotDead(OutboxStatus Status) : SendAgainResult;

    /// <summary>What it said is of no use any more, and was erased.</summary>
    public sealed record TooLate : SendAgainResult;
}
