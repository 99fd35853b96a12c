using static ProSanteConnect.Core.Authenticators.ECpsStatus;

namespace ProSanteConnect.Core.Authenticators;

/// <summary>What may happen to an e-CPS once it is there.</summary>
public enum ECpsTrigger
{
    Use,
    Renew,
    Deactivate,
}

/// <summary>The one table of the statuses of an <see cref="ECps"/>: nothing leaves Inactive, its holder activates a new one.</summary>
public static class ECpsLifeCycle
{
    public static ECpsStatus? Next(ECpsStatus from, ECpsTrigger trigger) => (from, trigger) switch
    {
        (Active, ECpsTrigger.Use) => Active,             // a sign-in, a PIN, a rotated token
        (Active, ECpsTrigger.Renew) => Active,           // three more years
        (Active, ECpsTrigger.Deactivate) => Inactive,    // by its holder, a successor, wrong PINs, the directory or an operator
        _ => null,
    };

    /// <summary>The statuses that a trigger may leave: the condition of the one UPDATE that moves an e-CPS.</summary>
    public static IReadOnlyList<ECpsStatus> Origins(ECpsTrigger trigger) =>
        [.. Enum.GetValues<ECpsStatus>().Where(status => Next(status, trigger) is not null)];
}
