namespace ProSanteConnect.Core.Authenticators;

/// <summary>What came of renewing an e-CPS.</summary>
public abstract record RenewResult
{
    private RenewResult() { }

    public sealed record Renewed(ECps ECps) : RenewResult;

    public sealed record TooEarly(DateTimeOffset RenewableFrom) : RenewResult;

    public sealed record Inactive(DeactivationReason Reason, DateTimeOffset Since) : RenewResult;
}
