namespace ProSanteConnect.Core.Authenticators;

/// <summary>What came of a PIN that was typed.</summary>
public abstract record VerifyPinResult
{
    private VerifyPinResult() { }

    public sealed record Right : VerifyPinResult;

    public sealed record Wrong(int AttemptsLeft) : VerifyPinResult;

    /// <summary>Inactive before, or from this wrong PIN on.</summary>
    public sealed record Inactive(DeactivationReason Reason, DateTimeOffset Since) : VerifyPinResult;
}
