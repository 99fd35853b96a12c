namespace ProSanteConnect.Core.Delivery;

/// <summary>What becomes of a message after a failed attempt.</summary>
public enum FailureOutcome
{
    PutOff,
    Dead,

    /// <summary>Somebody else holds it, because the lease was over.</summary>
    LeaseLost,
}
