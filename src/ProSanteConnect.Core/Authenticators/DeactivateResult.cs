namespace ProSanteConnect.Core.Authenticators;

/// <summary>What came of deactivating an e-CPS.</summary>
public abstract record DeactivateResult
{
    private DeactivateResult() { }

    public sealed record Deactivated(DeactivationReason Reason, DateTimeOffset Since) : DeactivateResult;

    /// <summary>It was so before; the first reason stands.</summary>
    public sealed record AlreadyInactive(DeactivationReason Reason, DateTimeOffset Since) : DeactivateResult;

    public sealed record Unknown : DeactivateResult;
}
