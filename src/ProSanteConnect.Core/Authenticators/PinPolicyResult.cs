namespace ProSanteConnect.Core.Authenticators;

/// <summary>What the policy says to a PIN that somebody chose.</summary>
public abstract record PinPolicyResult
{
    private PinPolicyResult() { }

    public sealed record Accepted(NewPin Pin) : PinPolicyResult;

    /// <summary>Not so many digits as asked for.</summary>
    public sealed record Malformed : PinPolicyResult;

    /// <summary>One that others try first.</summary>
    public sealed record TooSimple : PinPolicyResult;
}
